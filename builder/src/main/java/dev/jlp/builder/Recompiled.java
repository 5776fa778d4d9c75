package dev.jlp.builder;

import dev.jlp.patch.MethodId;
import dev.jlp.weaver.Fingerprints;

import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.commons.ClassRemapper;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FieldNode;
import org.objectweb.asm.tree.InnerClassNode;
import org.objectweb.asm.tree.MethodNode;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Puts the difference between two compilations of the same sources, with and without a change, into
 * the released classes. What the change does not concern stays as it was released, whichever
 * compiler made it.
 */
final class Recompiled {

    private final Release original;
    private final SortedMap<String, ClassNode> before;
    private final SortedMap<String, ClassNode> after;
    private final List<String> otherwise = new ArrayList<>();
    private int compared;

    private Recompiled(
            Release original,
            SortedMap<String, ClassNode> before,
            SortedMap<String, ClassNode> after) {
        this.original = original;
        this.before = before;
        this.after = after;
    }

    /**
     * Compares the two compilations under the names that the release has for compiler-made members.
     */
    static Recompiled of(Release original, Map<String, byte[]> before, Map<String, byte[]> after)
            throws BuildProblem {
        SortedMap<String, ClassNode> released = new TreeMap<>();
        for (String name : before.keySet()) {
            if (original.classes().containsKey(name)) {
                released.put(name, original.parse(name));
            }
        }
        SortedMap<String, ClassNode> was = renamed(parse(before), released);
        return new Recompiled(original, was, renamed(parse(after), was));
    }

    private static SortedMap<String, ClassNode> parse(Map<String, byte[]> classes)
            throws BuildProblem {
        SortedMap<String, ClassNode> parsed = new TreeMap<>();
        for (Map.Entry<String, byte[]> type : classes.entrySet()) {
            parsed.put(type.getKey(), ClassFiles.parse(type.getValue(), type.getKey()));
        }
        return parsed;
    }

    private static SortedMap<String, ClassNode> renamed(
            SortedMap<String, ClassNode> classes, SortedMap<String, ClassNode> like) {
        Renames renames = new Renames();
        classes.forEach((name, type) -> {
            ClassNode model = like.get(name);
            if (model != null) {
                MemberMatching.match(model, type, renames);
            }
        });
        SortedMap<String, ClassNode> renamed = new TreeMap<>();
        classes.forEach((name, type) -> {
            ClassNode copy = new ClassNode();
            type.accept(new ClassRemapper(copy, renames));
            renamed.put(name, copy);
        });
        return renamed;
    }

    /** The classes of the fixed release. */
    SortedMap<String, byte[]> classes() throws BuildProblem {
        SortedMap<String, byte[]> classes = new TreeMap<>(original.classes());
        for (Map.Entry<String, ClassNode> type : after.entrySet()) {
            String name = type.getKey();
            ClassNode was = before.get(name);
            if (was == null) {
                classes.put(name, ClassFiles.write(type.getValue()));
            } else if (original.classes().containsKey(name)) {
                ClassNode released = original.parse(name);
                if (merge(released, was, type.getValue())) {
                    classes.put(name, ClassFiles.write(released));
                }
            }
        }
        classes.keySet().removeIf(name -> before.containsKey(name) && !after.containsKey(name));
        return classes;
    }

    /** What the unchanged sources do not compile to as it was released, a member each. */
    List<String> otherwise() {
        return otherwise;
    }

    /** How many methods were compared with the release. */
    int compared() {
        return compared;
    }

    /** Puts what differs into the released class; whether there was anything. */
    private boolean merge(ClassNode released, ClassNode was, ClassNode is) {
        Map<MethodId, String> bodiesReleased = Fingerprints.ofMethods(released);
        Map<MethodId, String> bodiesWere = Fingerprints.ofMethods(was);
        Map<MethodId, String> bodiesAre = Fingerprints.ofMethods(is);
        boolean changed = fields(released, was, is);
        changed |= shape(released, was, is);
        for (MethodNode method : was.methods) {
            MethodId id = new MethodId(method.name, method.desc);
            compared++;
            if (!Objects.equals(bodiesReleased.get(id), bodiesWere.get(id))) {
                otherwise.add(was.name.replace('/', '.') + "." + id);
            }
            if (ClassFiles.method(is, method.name, method.desc) == null) {
                changed |= remove(released, method);
            }
        }
        for (MethodNode method : is.methods) {
            MethodId id = new MethodId(method.name, method.desc);
            MethodNode counterpart = ClassFiles.method(was, method.name, method.desc);
            if (counterpart == null
                    || counterpart.access != method.access
                    || !Objects.equals(bodiesWere.get(id), bodiesAre.get(id))) {
                remove(released, method);
                released.methods.add(method);
                changed = true;
            }
        }
        if (changed) {
            released.version = Math.max(released.version & 0xFFFF, is.version & 0xFFFF);
            inner(released, is);
        }
        return changed;
    }

    private static boolean remove(ClassNode released, MethodNode method) {
        return released.methods.removeIf(
                one -> one.name.equals(method.name) && one.desc.equals(method.desc));
    }

    private static boolean fields(ClassNode released, ClassNode was, ClassNode is) {
        boolean changed = false;
        for (FieldNode field : was.fields) {
            if (find(is, field) == null) {
                changed |= released.fields.removeIf(one -> same(one, field));
            }
        }
        for (FieldNode field : is.fields) {
            FieldNode counterpart = find(was, field);
            if (counterpart == null
                    || counterpart.access != field.access
                    || !Objects.equals(counterpart.value, field.value)) {
                released.fields.removeIf(one -> same(one, field));
                released.fields.add(field);
                changed = true;
            }
        }
        return changed;
    }

    private static @Nullable FieldNode find(ClassNode type, FieldNode field) {
        return Holders.find(type, FieldKey.of(field));
    }

    private static boolean same(FieldNode one, FieldNode other) {
        return one.name.equals(other.name) && one.desc.equals(other.desc);
    }

    /** What a class is besides its members. */
    private static boolean shape(ClassNode released, ClassNode was, ClassNode is) {
        boolean same = was.access == is.access
                && Objects.equals(was.superName, is.superName)
                && was.interfaces.equals(is.interfaces)
                && Objects.equals(was.permittedSubclasses, is.permittedSubclasses);
        if (!same) {
            released.access = is.access;
            released.superName = is.superName;
            released.interfaces = is.interfaces;
            released.permittedSubclasses = is.permittedSubclasses;
        }
        return !same;
    }

    /** New code may name nested classes that were not named before. */
    private static void inner(ClassNode released, ClassNode is) {
        for (InnerClassNode inner : is.innerClasses) {
            boolean known =
                    released.innerClasses.stream().anyMatch(one -> one.name.equals(inner.name));
            if (!known) {
                released.innerClasses.add(inner);
            }
        }
        if (is.nestMembers != null) {
            List<String> members = new ArrayList<>(
                    released.nestMembers == null ? List.of() : released.nestMembers);
            is.nestMembers.stream().filter(one -> !members.contains(one)).forEach(members::add);
            released.nestMembers = members;
        }
    }

    /** Simple names of classes that other code may compile against differently now. */
    List<String> reshaped() {
        List<String> names = new ArrayList<>();
        after.forEach((name, is) -> {
            ClassNode was = before.get(name);
            if (was == null || !visible(was).equals(visible(is))) {
                names.addAll(simple(name));
            }
        });
        before.keySet().stream()
                .filter(name -> !after.containsKey(name))
                .forEach(name -> names.addAll(simple(name)));
        return names;
    }

    private static List<String> simple(String name) {
        String last = name.substring(name.lastIndexOf('/') + 1);
        return Arrays.stream(last.split("\\$"))
                .filter(part -> !part.isEmpty() && !Character.isDigit(part.charAt(0)))
                .toList();
    }

    private static String visible(ClassNode type) {
        StringBuilder text = new StringBuilder();
        text.append(type.access).append(type.superName).append(type.interfaces);
        for (FieldNode field : type.fields) {
            if (!ClassFiles.has(field.access, Opcodes.ACC_PRIVATE | Opcodes.ACC_SYNTHETIC)) {
                text.append('\n').append(field.access).append(field.name).append(field.desc);
                text.append('=').append(field.value);
            }
        }
        for (MethodNode method : type.methods) {
            if (!ClassFiles.has(method.access, Opcodes.ACC_PRIVATE | Opcodes.ACC_SYNTHETIC)) {
                text.append('\n').append(method.access).append(method.name).append(method.desc);
                text.append(method.exceptions);
            }
        }
        return text.toString();
    }
}
