package dev.jlp.builder;

import dev.jlp.patch.MethodId;

import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.MethodNode;

import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** What of the difference is in force: what was chosen, by class, and what follows from it elsewhere. */
final class Changes {

    private final World world;
    private final Map<String, ClassDiff> diffs = new HashMap<>();
    private final SortedMap<String, SortedSet<MethodId>> bodies = new TreeMap<>();
    private final SortedMap<String, SortedSet<FieldKey>> movedFields = new TreeMap<>();
    private final IdentityHashMap<MethodNode, RemovedFields> constructors = new IdentityHashMap<>();
    private final Set<String> refusedHierarchies = new HashSet<>();

    Changes(World world, Iterable<TargetDiff> targets) {
        this.world = world;
        for (TargetDiff target : targets) {
            diffs.putAll(target.classes());
            target.classes().values().stream()
                    .filter(ClassDiff::hierarchyChanged)
                    .forEach(diff -> refusedHierarchies.add(diff.name()));
        }
    }

    void takeBodies(String owner, SortedSet<MethodId> methods) {
        bodies.computeIfAbsent(owner, unseen -> new TreeSet<>()).addAll(methods);
    }

    void moveField(String owner, FieldKey field) {
        movedFields.computeIfAbsent(owner, unseen -> new TreeSet<>()).add(field);
    }

    /** Classes and their methods that have the fixed release's bodies. */
    SortedMap<String, SortedSet<MethodId>> bodies() {
        return bodies;
    }

    /** Fields that are in both releases and get a new home: static ones, and those that are not final any more. */
    SortedMap<String, SortedSet<FieldKey>> movedFields() {
        return movedFields;
    }

    boolean isMoved(String owner, FieldKey field) {
        return movedFields.getOrDefault(owner, new TreeSet<>()).contains(field);
    }

    boolean hierarchyRefused(String name) {
        return refusedHierarchies.contains(name);
    }

    /** What the static initialiser of a class does otherwise. */
    Initialisers initialisers(String owner) throws BuildProblem {
        ClassDiff diff = diffs.get(owner);
        if (diff != null) {
            return diff.initialisers();
        }
        ClassNode before = world.before(owner);
        ClassNode after = world.after(owner);
        if (before == null || after == null) {
            throw new BuildProblem("the class '" + owner + "' is missing");
        }
        return Initialisers.compare(before, after);
    }

    /** A copy of the body that a method has in force, before it is lowered. */
    MethodNode base(String owner, MethodId id) throws BuildProblem {
        ClassDiff diff = diffs.get(owner);
        boolean taken = bodies.getOrDefault(owner, new TreeSet<>()).contains(id);
        MethodNode body = diff != null && taken ? diff.bodies().get(id) : null;
        if (body == null) {
            ClassNode before = world.before(owner);
            body = before == null ? null : ClassFiles.method(before, id.name(), id.descriptor());
        }
        if (body == null) {
            throw new BuildProblem("the method '" + owner + "." + id + "' is missing");
        }
        MethodNode copy = ClassFiles.copy(body);
        if (taken) {
            constructs(owner, copy);
        }
        return copy;
    }

    /** A constructor of the fixed release, before it is lowered. */
    void constructs(String owner, MethodNode body) {
        ClassDiff diff = diffs.get(owner);
        if (diff != null && body.name.equals("<init>")) {
            constructors.put(body, new RemovedFields(diff.before(), diff.after()));
        }
    }

    /** Lets a constructor of the fixed release set what only the original reads, by its names there. */
    void keepRemoved(MethodNode body) {
        RemovedFields removed = constructors.get(body);
        if (removed != null) {
            removed.keep(body);
        }
    }

    /** Whether the method's body is to be in a companion. */
    boolean isOutlined(String owner, MethodId id) {
        ClassDiff diff = diffs.get(owner);
        boolean taken = bodies.getOrDefault(owner, new TreeSet<>()).contains(id);
        return diff != null && taken && diff.isOutlined(id);
    }

    /** Whether a body names a field of this class that has moved. */
    boolean names(MethodNode body, String owner, Hierarchy hierarchy) throws BuildProblem {
        for (AbstractInsnNode node : body.instructions) {
            if (node instanceof FieldInsnNode field
                    && isMoved(owner, new FieldKey(field.name, field.desc))
                    && hierarchy
                            .resolve(field.owner, field.name, field.desc, Hierarchy.Side.BEFORE)
                            .owner()
                            .equals(owner)) {
                return true;
            }
        }
        return false;
    }
}
