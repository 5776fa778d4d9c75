package dev.jlp.builder;

import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FieldNode;
import org.objectweb.asm.tree.MethodNode;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Static fields that are added, or whose initialisation changed: fields of a holder class, which the fixed
 * release's own code initialises at the first use. Fields that one statement sets share a holder.
 */
final class Holders {

    private final Homes homes;
    private final Map<String, List<NavigableSet<FieldKey>>> groups = new HashMap<>();
    private final Map<String, String> holders = new HashMap<>();

    Holders(Homes homes) {
        this.homes = homes;
    }

    /** The class that has the field instead; null if the class itself has it. */
    @Nullable
    String holder(String owner, FieldKey field) throws BuildProblem {
        if (!isHeld(owner, field)) {
            return null;
        }
        String node = Homes.node(owner, field);
        homes.need(node);
        String known = holders.get(node);
        if (known != null) {
            return known;
        }
        NavigableSet<FieldKey> group = group(owner, field);
        return make(owner, group);
    }

    private boolean isHeld(String owner, FieldKey field) throws BuildProblem {
        FieldNode after = find(homes.world().after(owner), field);
        boolean isStatic = after != null && ClassFiles.has(after.access, Opcodes.ACC_STATIC);
        return (isStatic && homes.changes().isMoved(owner, field)) || isAdded(owner, field);
    }

    private boolean isAdded(String owner, FieldKey field) throws BuildProblem {
        if (!homes.world().inOriginal(owner)) {
            return false;
        }
        FieldNode before = find(homes.before(owner), field);
        FieldNode after = find(homes.world().after(owner), field);
        return after != null
                && ClassFiles.has(after.access, Opcodes.ACC_STATIC)
                && (before == null || !ClassFiles.has(before.access, Opcodes.ACC_STATIC));
    }

    static @Nullable FieldNode find(@Nullable ClassNode type, FieldKey field) {
        if (type != null) {
            for (FieldNode node : type.fields) {
                if (FieldKey.of(node).equals(field)) {
                    return node;
                }
            }
        }
        return null;
    }

    private String make(String owner, NavigableSet<FieldKey> group) throws BuildProblem {
        ClassNode after = homes.after(owner);
        Companion holder = homes.companion(
                after,
                "static$" + group.first().name(),
                Math.max(after.version & 0xFFFF, Opcodes.V1_5));
        NavigableSet<FieldKey> computed = new TreeSet<>();
        for (FieldKey key : group) {
            holders.put(Homes.node(owner, key), holder.name());
            FieldNode field = find(after, key);
            if (field == null) {
                throw new BuildProblem("the field '" + owner + "." + key + "' is missing");
            }
            if (!isHeld(owner, key)) {
                homes.problem(
                        Homes.node(owner, group.first()),
                        "it is set together with '" + Homes.dotted(owner) + "." + key.name()
                                + "', which is not chosen");
            }
            int kept = Opcodes.ACC_FINAL | Opcodes.ACC_VOLATILE;
            holder.node()
                    .fields
                    .add(new FieldNode(
                            Opcodes.ASM9,
                            Opcodes.ACC_PUBLIC | Opcodes.ACC_STATIC | (field.access & kept),
                            key.name(),
                            key.descriptor(),
                            null,
                            field.value));
            if (field.value == null) {
                computed.add(key);
            }
        }
        initialise(owner, holder, computed);
        return holder.name();
    }

    private void initialise(String owner, Companion holder, NavigableSet<FieldKey> fields)
            throws BuildProblem {
        if (fields.isEmpty()) {
            return;
        }
        String node = Homes.node(owner, fields.first());
        ClassNode after = homes.after(owner);
        Optional<FieldKey> list =
                fields.stream().filter(field -> Enums.isList(after, field)).findFirst();
        list.ifPresent(fields::remove);
        Initialisers initialisers = homes.changes().initialisers(owner);
        Optional<MethodNode> slice = initialisers.slice(fields);
        if (slice.isEmpty()) {
            homes.problem(
                    node,
                    "what initialises '" + Homes.dotted(owner) + "."
                            + fields.first().name() + "' can't be told apart: "
                            + initialisers.whyNot(fields).orElse(""));
            return;
        }
        MethodNode code = slice.get();
        MethodNode made = holder.initialiser();
        made.instructions = code.instructions;
        made.tryCatchBlocks = code.tryCatchBlocks;
        made.maxLocals = code.maxLocals;
        made.maxStack = code.maxStack;
        if (list.isPresent()) {
            extendEnum(owner, holder, made, list.get());
        }
        homes.later(node, new Context(owner, holder.name()), made);
    }

    private void extendEnum(String owner, Companion holder, MethodNode made, FieldKey list)
            throws BuildProblem {
        ClassNode before = homes.before(owner);
        List<FieldKey> added = Enums.added(before, homes.after(owner));
        Enums.renumber(before, made, added);
        AbstractInsnNode last = made.instructions.getLast();
        while (last != null && last.getOpcode() != Opcodes.RETURN) {
            last = last.getPrevious();
        }
        if (last != null) {
            made.instructions.remove(last);
        }
        made.instructions.add(Enums.list(homes, before, holder.name(), list, added));
        made.maxStack = Math.max(made.maxStack, 6);
    }

    private NavigableSet<FieldKey> group(String owner, FieldKey field) throws BuildProblem {
        List<NavigableSet<FieldKey>> known = groups.get(owner);
        if (known == null) {
            known = groupAll(owner);
            groups.put(owner, known);
        }
        for (NavigableSet<FieldKey> group : known) {
            if (group.contains(field)) {
                return group;
            }
        }
        return new TreeSet<>(List.of(field));
    }

    private List<NavigableSet<FieldKey>> groupAll(String owner) throws BuildProblem {
        List<NavigableSet<FieldKey>> found = new ArrayList<>();
        for (FieldNode node : homes.after(owner).fields) {
            FieldKey key = FieldKey.of(node);
            if (ClassFiles.has(node.access, Opcodes.ACC_STATIC) && isHeld(owner, key)) {
                NavigableSet<FieldKey> group = setTogether(owner, key);
                found.removeIf(other -> {
                    boolean shared = other.stream().anyMatch(group::contains);
                    if (shared) {
                        group.addAll(other);
                    }
                    return shared;
                });
                found.add(group);
            }
        }
        return found;
    }

    /** The field and those that are set by the same statements. */
    private NavigableSet<FieldKey> setTogether(String owner, FieldKey field) throws BuildProblem {
        ClassNode after = homes.after(owner);
        FieldNode node = find(after, field);
        if (Enums.isList(after, field) || (node != null && Enums.isConstant(node))) {
            return constants(owner, after);
        }
        return node == null || node.value != null
                ? new TreeSet<>(List.of(field))
                : new TreeSet<>(homes.changes()
                        .initialisers(owner)
                        .together(new TreeSet<>(List.of(field))));
    }

    /** Added constants of an enum are made with its list of them. */
    private NavigableSet<FieldKey> constants(String owner, ClassNode after) throws BuildProblem {
        NavigableSet<FieldKey> group = new TreeSet<>(Enums.added(homes.before(owner), after));
        for (FieldNode field : after.fields) {
            if (Enums.isList(after, FieldKey.of(field))) {
                group.add(FieldKey.of(field));
            }
        }
        return group;
    }
}
