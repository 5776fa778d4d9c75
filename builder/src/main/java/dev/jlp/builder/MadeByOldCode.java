package dev.jlp.builder;

import dev.jlp.builder.Change.Kind;
import dev.jlp.builder.Change.Verdict;
import dev.jlp.builder.Hierarchy.Member;
import dev.jlp.builder.Hierarchy.Side;
import dev.jlp.builder.Hierarchy.State;
import dev.jlp.builder.Overrides.Method;
import dev.jlp.patch.MethodId;

import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FieldNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Static fields whose initialiser is the same in both releases and runs code that changes: they hold what the old
 * code made. What can't have changed since is made anew by the new code; for the rest people are told.
 */
final class MadeByOldCode {

    /** Calls in a chain that are followed. */
    private static final int DEPTH_MAX = 12;

    /** How the methods of the JDK begin that change what they are called on. */
    private static final List<String> CHANGING = List.of(
            "put",
            "add",
            "remove",
            "clear",
            "set",
            "compute",
            "merge",
            "offer",
            "push",
            "poll",
            "pop",
            "increment",
            "decrement",
            "getAnd",
            "lazySet",
            "replace",
            "retain",
            "update",
            "accumulate");

    private final World world;
    private final Hierarchy hierarchy;
    private final SortedMap<String, ClassDiff> diffs;
    private final Map<Method, Optional<String>> known = new HashMap<>();

    MadeByOldCode(World world, SortedMap<String, ClassDiff> diffs) {
        this.world = world;
        this.hierarchy = new Hierarchy(world);
        this.diffs = new TreeMap<>(diffs);
    }

    /** Adds what is found to the differences of a target. */
    void find(String target, Release original, SortedMap<String, ClassDiff> into)
            throws BuildProblem {
        for (String name : original.classes().keySet()) {
            ClassNode before = world.before(name);
            ClassNode after = world.isRemoved(name) ? null : world.after(name);
            MethodNode initialiser =
                    after == null ? null : ClassFiles.method(after, "<clinit>", "()V");
            if (before == null || after == null || initialiser == null) {
                continue;
            }
            if (changed(initialiser, 0) != null) {
                ClassDiff diff = diffs.getOrDefault(name, new ClassDiff(target, before, after));
                if (find(diff)) {
                    into.put(name, diff);
                }
            }
        }
    }

    private boolean find(ClassDiff diff) throws BuildProblem {
        boolean found = false;
        Initialisers initialisers = diff.initialisers();
        for (FieldNode field : diff.after().fields) {
            FieldKey key = FieldKey.of(field);
            if (!ClassFiles.has(field.access, Opcodes.ACC_STATIC)
                    || ClassFiles.has(field.access, Opcodes.ACC_ENUM)
                    || field.value != null
                    || Holders.find(diff.before(), key) == null
                    || initialisers.changed().contains(key)
                    || Enums.isList(diff.after(), key)) {
                continue;
            }
            Optional<MethodNode> slice = initialisers.slice(Set.of(key));
            String cause = slice.isEmpty() ? null : changed(slice.get(), 0);
            if (cause != null) {
                add(diff, field, slice.get(), cause);
                found = true;
            }
        }
        return found;
    }

    private void add(ClassDiff diff, FieldNode field, MethodNode slice, String cause)
            throws BuildProblem {
        boolean again = ClassFiles.has(field.access, Opcodes.ACC_FINAL) && isFixed(field.desc);
        if (again) {
            diff.remake(FieldKey.of(field), causes(slice));
        }
        String reason = "its initialiser runs '" + cause + "', which changes; ";
        if (again) {
            diff.addMoved(
                    Kind.STATIC_INITIALISER,
                    FieldKey.of(field),
                    Verdict.DONE_WITH_CARE,
                    reason + "the releases' code reads a value that is made anew");
        } else {
            diff.add(
                    Kind.STATIC_INITIALISER,
                    field.name,
                    Verdict.DONE_WITH_CARE,
                    reason + "it keeps what the old code made");
        }
    }

    /** Whether an object of the type can't have been given anything since it was made, itself. */
    private boolean isFixed(String descriptor) throws BuildProblem {
        Type type = Type.getType(descriptor);
        if (type.getSort() != Type.OBJECT) {
            return type.getSort() != Type.ARRAY;
        }
        for (String at = type.getInternalName(); world.exists(at); ) {
            ClassNode node = world.before(at);
            if (node == null || ClassFiles.has(node.access, Opcodes.ACC_INTERFACE)) {
                return false;
            }
            for (FieldNode field : node.fields) {
                if (!ClassFiles.has(field.access, Opcodes.ACC_FINAL | Opcodes.ACC_STATIC)) {
                    return false;
                }
            }
            if (node.methods.stream().anyMatch(MadeByOldCode::changesWhatItHolds)) {
                return false;
            }
            at = String.valueOf(node.superName);
        }
        return world.exists(type.getInternalName());
    }

    /** A method, once the object is made, that puts something into a collection, a counter or the like. */
    private static boolean changesWhatItHolds(MethodNode method) {
        if (method.name.startsWith("<") || ClassFiles.has(method.access, Opcodes.ACC_STATIC)) {
            return false;
        }
        for (AbstractInsnNode node : method.instructions) {
            if (node instanceof MethodInsnNode call
                    && call.owner.startsWith("java/")
                    && CHANGING.stream().anyMatch(call.name::startsWith)
                    && !call.owner.startsWith("java/lang/String")) {
                return true;
            }
        }
        return false;
    }

    /** A changed method that the code calls, near or far; null if there is none. */
    private @Nullable String changed(MethodNode code, int depth) throws BuildProblem {
        for (Reached called : called(code)) {
            String found = changed(called, depth);
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    private @Nullable String changed(Reached called, int depth) throws BuildProblem {
        Optional<String> answer = known.get(called.method());
        if (answer == null) {
            known.put(called.method(), Optional.empty()); // a cycle adds nothing
            answer = Optional.ofNullable(look(called, depth));
            known.put(called.method(), answer);
        }
        return answer.orElse(null);
    }

    private @Nullable String look(Reached called, int depth) throws BuildProblem {
        if (isChanged(called.method())) {
            return called.method().owner().replace('/', '.') + "."
                    + called.method().id().name();
        }
        return depth < DEPTH_MAX ? changed(called.body(), depth + 1) : null;
    }

    /** All changed methods that the code calls, near or far. */
    private SortedSet<Method> causes(MethodNode code) throws BuildProblem {
        SortedSet<Method> found = new TreeSet<>();
        Set<Method> seen = new HashSet<>();
        Deque<MethodNode> open = new ArrayDeque<>(List.of(code));
        while (!open.isEmpty()) {
            for (Reached called : called(open.remove())) {
                if (seen.add(called.method())) {
                    open.add(called.body());
                    if (isChanged(called.method())) {
                        found.add(called.method());
                    }
                }
            }
        }
        return found;
    }

    private boolean isChanged(Method method) throws BuildProblem {
        ClassNode before = world.before(method.owner());
        ClassDiff diff = diffs.get(method.owner());
        MethodId id = method.id();
        return before == null
                || ClassFiles.method(before, id.name(), id.descriptor()) == null
                || (diff != null && diff.bodies().containsKey(id));
    }

    /** A method of the releases that is called, as the fixed one has it. */
    private record Reached(Method method, MethodNode body) {}

    private List<Reached> called(MethodNode code) throws BuildProblem {
        List<Reached> found = new ArrayList<>();
        for (AbstractInsnNode node : code.instructions) {
            if (node instanceof MethodInsnNode call && !call.owner.startsWith("[")) {
                Member member = hierarchy.resolve(call.owner, call.name, call.desc, Side.AFTER);
                String owner = member.owner();
                boolean known = member.state() == State.FOUND
                        && world.exists(owner)
                        && !world.isAdded(owner);
                ClassNode after = known ? world.after(owner) : null;
                MethodNode body =
                        after == null ? null : ClassFiles.method(after, call.name, call.desc);
                if (body != null) {
                    MethodId id = new MethodId(call.name, call.desc);
                    found.add(new Reached(new Method(owner, id), body));
                }
            }
        }
        return found;
    }
}
