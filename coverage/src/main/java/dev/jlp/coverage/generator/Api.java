package dev.jlp.coverage.generator;

import java.io.IOException;
import java.lang.reflect.Executable;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What two releases have in common and anybody may call.
 *
 * @param classes public ones, by name
 * @param members of those, in an order that is always the same
 * @param skipped how many others there are, by the reason why they are not called
 */
record Api(List<Class<?>> classes, List<Member> members, Map<String, Integer> skipped) {

    static Api of(Release original, Release fixed) throws IOException {
        List<Class<?>> classes = new ArrayList<>();
        List<Member> members = new ArrayList<>();
        SortedMap<String, Integer> skipped = new TreeMap<>();
        for (String name : original.names()) {
            Class<?> type = original.find(name);
            Class<?> other = fixed.find(name);
            if (type == null) {
                skipped.merge("class that needs what is not there", 1, Integer::sum);
            } else if (isOpen(type) && other != null && isOpen(other)) {
                String reason = Skips.reason(type);
                if (reason == null) {
                    classes.add(type);
                    common(type, other, members, skipped);
                } else {
                    skipped.merge(reason, 1, Integer::sum);
                }
            }
        }
        return new Api(classes, members, skipped);
    }

    /** Whether code of other packages can name a class. */
    private static boolean isOpen(Class<?> type) {
        for (Class<?> each = type; each != null; each = each.getDeclaringClass()) {
            if (!Modifier.isPublic(each.getModifiers())) {
                return false;
            }
        }
        return !type.isSynthetic() && !type.isAnonymousClass() && !type.isLocalClass();
    }

    private static void common(
            Class<?> type, Class<?> other, List<Member> members, Map<String, Integer> skipped) {
        List<Executable> declared = new ArrayList<>(List.of(type.getDeclaredMethods()));
        if (!Modifier.isAbstract(type.getModifiers())) {
            declared.addAll(Arrays.asList(type.getDeclaredConstructors()));
        }
        declared.stream()
                .filter(each -> Modifier.isPublic(each.getModifiers()) && !each.isSynthetic())
                .map(Member::of)
                .filter(member -> member.isIn(other))
                .sorted(Comparator.comparing(Member::key))
                .forEach(member -> {
                    String reason = Skips.reason(member);
                    if (reason == null) {
                        members.add(member);
                    } else {
                        skipped.merge(reason, 1, Integer::sum);
                    }
                });
    }

    /** Methods that show the state of an object, by the name of its class. */
    Map<String, List<String>> views() {
        SortedMap<String, List<String>> views = new TreeMap<>();
        for (Member member : members) {
            if (member.needsReceiver()
                    && member.parameters().isEmpty()
                    && member.name().matches("(get|is|has)[A-Z].*|size|length|name|isEmpty")
                    && shows(member.result())) {
                views.computeIfAbsent(member.owner().getName(), name -> new ArrayList<>())
                        .add(member.name());
            }
        }
        return views;
    }

    private static boolean shows(Class<?> type) {
        return (type.isPrimitive() && type != void.class)
                || type == String.class
                || type.isEnum()
                || Number.class.isAssignableFrom(type)
                || type == Boolean.class;
    }
}
