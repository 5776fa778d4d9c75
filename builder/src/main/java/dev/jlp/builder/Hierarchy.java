package dev.jlp.builder;

import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FieldNode;
import org.objectweb.asm.tree.MethodNode;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Who declares a member and who is a subtype of whom, before the patch and in the fixed release. */
final class Hierarchy {

    /** Whether a member was found; unknown if a supertype is not known. */
    enum State {
        FOUND,
        MISSING,
        UNKNOWN
    }

    /** The classes in which something is looked up. */
    enum Side {
        BEFORE,
        AFTER
    }

    /**
     * What a name stands for.
     *
     * @param owner the class that declares it
     * @param access its flags
     */
    record Member(State state, String owner, int access) {

        boolean isStatic() {
            return ClassFiles.has(access, Opcodes.ACC_STATIC);
        }

        boolean isPrivate() {
            return ClassFiles.has(access, Opcodes.ACC_PRIVATE);
        }

        boolean isAbstract() {
            return ClassFiles.has(access, Opcodes.ACC_ABSTRACT);
        }
    }

    private final World world;
    private @Nullable Map<String, List<String>> directSubtypes;

    Hierarchy(World world) {
        this.world = world;
    }

    /** A method if the descriptor is one, else a field; through superclasses first. */
    Member resolve(String owner, String name, String descriptor, Side side) throws BuildProblem {
        Deque<String> open = new ArrayDeque<>(List.of(owner));
        Set<String> seen = new HashSet<>();
        boolean unknown = owner.startsWith("java/lang/invoke/");
        while (!open.isEmpty()) {
            String at = open.removeFirst();
            if (!seen.add(at)) {
                continue;
            }
            ClassNode type = type(at, side);
            if (type == null) {
                unknown = true;
                continue;
            }
            Integer access = declared(type, name, descriptor);
            if (access != null) {
                return new Member(State.FOUND, at, access);
            }
            if (name.startsWith("<")) {
                break; // nobody inherits a constructor
            }
            type.interfaces.forEach(open::addLast);
            if (type.superName != null) {
                open.addFirst(type.superName);
            }
        }
        return new Member(unknown ? State.UNKNOWN : State.MISSING, "", 0);
    }

    /** The class as a loader would have it; an added one is there on both sides. */
    @Nullable
    ClassNode type(String name, Side side) throws BuildProblem {
        return side == Side.BEFORE && !world.isAdded(name) ? world.before(name) : world.after(name);
    }

    static @Nullable Integer declared(@Nullable ClassNode type, String name, String descriptor) {
        if (type == null) {
            return null;
        }
        if (descriptor.startsWith("(")) {
            MethodNode method = ClassFiles.method(type, name, descriptor);
            return method == null ? null : Integer.valueOf(method.access);
        }
        for (FieldNode field : type.fields) {
            if (field.name.equals(name) && field.desc.equals(descriptor)) {
                return field.access;
            }
        }
        return null;
    }

    /** Whether the one class is the other or one of its subtypes, before the patch. */
    boolean inherits(String name, String ancestor) throws BuildProblem {
        return inherits(name, ancestor, Side.BEFORE);
    }

    boolean inherits(String name, String ancestor, Side side) throws BuildProblem {
        Deque<String> open = new ArrayDeque<>(List.of(name));
        Set<String> seen = new HashSet<>();
        while (!open.isEmpty()) {
            String at = open.remove();
            if (at.equals(ancestor)) {
                return true;
            }
            ClassNode type = seen.add(at) ? type(at, side) : null;
            if (type != null) {
                open.addAll(type.interfaces);
                if (type.superName != null) {
                    open.add(type.superName);
                }
            }
        }
        return false;
    }

    /** Classes of the fixed releases below this one, all generations, by name. */
    Set<String> subtypes(String name) {
        Set<String> found = new TreeSet<>();
        Deque<String> open = new ArrayDeque<>(List.of(name));
        while (!open.isEmpty()) {
            for (String below : direct().getOrDefault(open.remove(), List.of())) {
                if (found.add(below)) {
                    open.add(below);
                }
            }
        }
        return found;
    }

    private Map<String, List<String>> direct() {
        Map<String, List<String>> known = directSubtypes;
        if (known == null) {
            Map<String, List<String>> index = new HashMap<>();
            world.fixedClasses().forEach((name, bytes) -> {
                ClassReader reader = new ClassReader(bytes);
                for (String above : reader.getInterfaces()) {
                    index.computeIfAbsent(above, unseen -> new ArrayList<>()).add(name);
                }
                if (reader.getSuperName() != null) {
                    index.computeIfAbsent(reader.getSuperName(), unseen -> new ArrayList<>())
                            .add(name);
                }
            });
            known = index;
            directSubtypes = index;
        }
        return known;
    }
}
