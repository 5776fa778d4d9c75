package dev.jlp.runtime;

import dev.jlp.patch.ClassPatch;
import dev.jlp.patch.MethodId;
import dev.jlp.patch.Target;
import dev.jlp.weaver.ClassView;
import dev.jlp.weaver.Relocator;
import dev.jlp.weaver.WeavingProblem;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Finds copies of a patch's targets under other package names, as shaded libraries have them: the patch does
 * not reach them, and whoever loads it has to know. A copy has a class of the same last names with a body that
 * the patch would change, once its names are put back. Used by the worker only.
 */
final class ShadedCopies {

    private final ClassBytes classBytes;

    ShadedCopies(ClassBytes classBytes) {
        this.classBytes = classBytes;
    }

    /**
     * An unpatched copy.
     *
     * @param target of the patch
     * @param loader its name
     * @param from package of the target
     * @param to package of the copy
     */
    record Copy(String target, String loader, String from, String to) {

        @Override
        public String toString() {
            return "a copy of '" + target + "' is in package '" + to + "' of loader '" + loader
                    + "', where this patch changes nothing; build one for it with --relocate "
                    + from + "=" + to;
        }
    }

    /** Those whose classes are loaded now; changes nothing. */
    List<Copy> of(LoadedPatch patch, Class<?>[] loaded) {
        Map<Class<?>, List<Likely>> likely = likely(patch, loaded);
        if (likely.isEmpty()) {
            return List.of();
        }
        Map<Class<?>, byte[]> held = classBytes.capture(List.copyOf(likely.keySet()));
        Set<Copy> copies = new LinkedHashSet<>();
        likely.forEach((type, ones) -> {
            byte[] bytes = held.get(type);
            if (bytes != null) {
                ones.stream()
                        .filter(one -> one.isOriginal(bytes))
                        .forEach(one -> copies.add(one.copy(type)));
            }
        });
        return List.copyOf(copies);
    }

    /** Classes that may be copies, by their names alone. */
    private static Map<Class<?>, List<Likely>> likely(LoadedPatch patch, Class<?>[] loaded) {
        Map<String, List<ClassPatch>> bySimpleName = new HashMap<>();
        patch.classes()
                .values()
                .forEach(change -> bySimpleName
                        .computeIfAbsent(simple(change.name(), '/'), none -> new ArrayList<>())
                        .add(change));
        Map<Class<?>, List<Likely>> likely = new LinkedHashMap<>();
        for (Class<?> type : loaded) {
            for (ClassPatch change :
                    bySimpleName.getOrDefault(simple(type.getName(), '.'), List.of())) {
                Renamed renamed = Renamed.between(change.name().replace('/', '.'), type.getName());
                if (renamed != null && !isReached(patch, type)) {
                    likely.computeIfAbsent(type, none -> new ArrayList<>())
                            .add(new Likely(patch.target(change.name()), change, renamed));
                }
            }
        }
        return likely;
    }

    private static String simple(String name, char separator) {
        return name.substring(name.lastIndexOf(separator) + 1);
    }

    /** A class of the patch itself, or one that nobody patches: of this agent, or without a file. */
    private static boolean isReached(LoadedPatch patch, Class<?> type) {
        return type.isHidden()
                || type.getClassLoader() == ShadedCopies.class.getClassLoader()
                || patch.classes().containsKey(type.getName().replace('.', '/'));
    }

    /**
     * What differs at the beginning of two names.
     *
     * @param from the differing packages of the target's class; empty if the copy's name only has more
     * @param to those of the copy
     */
    private record Renamed(String from, String to) {

        /** Null if they are one name, or have not even the last package in common. */
        static @Nullable Renamed between(String original, String copy) {
            List<String> a = Arrays.asList(original.split("\\.", -1));
            List<String> b = Arrays.asList(copy.split("\\.", -1));
            int common = 0;
            while (common < Math.min(a.size(), b.size())
                    && a.get(a.size() - 1 - common).equals(b.get(b.size() - 1 - common))) {
                common++;
            }
            if (common < 2 || common == b.size()) {
                return null;
            }
            return new Renamed(
                    String.join(".", a.subList(0, a.size() - common)),
                    String.join(".", b.subList(0, b.size() - common)));
        }

        /** The rule by which a package of the target became one of the copy. */
        Relocator.Rule rule(String packageName) {
            return new Relocator.Rule(
                    packageName,
                    from.isEmpty()
                            ? to + "." + packageName
                            : to + packageName.substring(from.length()));
        }
    }

    /** A class that may be a copy of one of the patch's. */
    private record Likely(Target target, ClassPatch change, Renamed renamed) {

        /** From the packages that all changed classes of the target have in common. */
        private Relocator.Rule rule() {
            List<String> names = target.classes().stream()
                    .map(each -> each.name().replace('/', '.'))
                    .map(name -> name.substring(0, Math.max(0, name.lastIndexOf('.'))))
                    .toList();
            List<String> common = Arrays.asList(names.get(0).split("\\.", -1));
            for (String name : names) {
                while (!common.isEmpty()
                        && !(name + ".").startsWith(String.join(".", common) + ".")) {
                    common = common.subList(0, common.size() - 1);
                }
            }
            String all = String.join(".", common);
            String own = change.name().replace('/', '.');
            String differing = renamed.from().isEmpty()
                    ? own.substring(0, own.lastIndexOf('.'))
                    : renamed.from();
            return renamed.rule(!all.isEmpty() && all.startsWith(renamed.from()) ? all : differing);
        }

        boolean isOriginal(byte[] held) {
            Relocator.Rule rule = rule();
            Relocator back = new Relocator(List.of(new Relocator.Rule(rule.to(), rule.from())));
            try {
                Map<MethodId, String> bodies =
                        ClassView.of(back.relocated(held)).fingerprints();
                return change.methods().stream()
                        .filter(method -> !method.before().equals(method.after()))
                        .anyMatch(method -> method.before().equals(bodies.get(method.id())));
            } catch (WeavingProblem unreadable) {
                return false; // then it is none that this patch could be for
            }
        }

        Copy copy(Class<?> type) {
            Relocator.Rule rule = rule();
            return new Copy(
                    target.name(), LoaderRef.nameOf(type.getClassLoader()), rule.from(), rule.to());
        }
    }
}
