package dev.jlp.builder;

import dev.jlp.builder.Hierarchy.Member;
import dev.jlp.builder.Hierarchy.Side;
import dev.jlp.builder.Hierarchy.State;
import dev.jlp.patch.MethodId;

import org.objectweb.asm.Handle;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.FieldNode;
import org.objectweb.asm.tree.InvokeDynamicInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;

import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Names that mean another member in the fixed release, since one that hides or overrides it was added or
 * removed. Bodies with such names are lowered though they do not change themselves.
 */
final class Rebound {

    private final Homes homes;
    private final SortedSet<String> words = new TreeSet<>();

    Rebound(Homes homes) {
        this.homes = homes;
    }

    /** A method of the fixed class that the original's class lacks. */
    void addMethod(String owner, MethodId id) throws BuildProblem {
        Member before = homes.hierarchy().resolve(owner, id.name(), id.descriptor(), Side.BEFORE);
        if (!id.name().equals("<init>") && before.state() == State.FOUND) {
            words.add(id.name());
        }
    }

    /** A field that one of the releases lacks. */
    void changeField(String owner, String name) throws BuildProblem {
        changeField(owner, name, homes.before(owner).fields, Side.AFTER);
        changeField(owner, name, homes.after(owner).fields, Side.BEFORE);
    }

    private void changeField(String owner, String name, Iterable<FieldNode> fields, Side other)
            throws BuildProblem {
        for (FieldNode field : fields) {
            if (field.name.equals(name)) {
                Member there = homes.hierarchy().resolve(owner, name, field.desc, other);
                if (there.state() == State.FOUND && !there.owner().equals(owner)) {
                    words.add(name);
                }
            }
        }
    }

    /** Names in question. */
    Iterable<String> words() {
        return words;
    }

    /** Whether a body names a member that is another one in the fixed release. */
    boolean concerns(MethodNode body) throws BuildProblem {
        for (AbstractInsnNode node : body.instructions) {
            if (node instanceof MethodInsnNode call) {
                boolean special = call.getOpcode() == Opcodes.INVOKESPECIAL;
                if (concerns(call.owner, new MethodId(call.name, call.desc), special)) {
                    return true;
                }
            } else if (node instanceof FieldInsnNode field) {
                if (concerns(field)) {
                    return true;
                }
            } else if (node instanceof InvokeDynamicInsnNode site && concerns(site)) {
                return true;
            }
        }
        return false;
    }

    private boolean concerns(InvokeDynamicInsnNode site) throws BuildProblem {
        for (Object argument : site.bsmArgs) {
            if (argument instanceof Handle handle && handle.getDesc().startsWith("(")) {
                boolean special = handle.getTag() == Opcodes.H_INVOKESPECIAL;
                MethodId id = new MethodId(handle.getName(), handle.getDesc());
                if (concerns(handle.getOwner(), id, special)) {
                    return true;
                }
            }
        }
        return false;
    }

    private boolean concerns(String owner, MethodId id, boolean special) throws BuildProblem {
        if (!words.contains(id.name()) || owner.startsWith("[")) {
            return false;
        }
        Member before = homes.hierarchy().resolve(owner, id.name(), id.descriptor(), Side.BEFORE);
        if (special && homes.overrides().isWoven(before.owner(), id)) {
            return true;
        }
        Member after = homes.hierarchy().resolve(owner, id.name(), id.descriptor(), Side.AFTER);
        boolean other = after.state() == State.FOUND && !after.owner().equals(before.owner());
        return other
                && homes.methods().isAdded(after.owner(), id)
                && (after.isStatic() || !homes.world().inOriginal(before.owner()));
    }

    private boolean concerns(FieldInsnNode field) throws BuildProblem {
        if (!words.contains(field.name)) {
            return false;
        }
        Member before = homes.hierarchy().resolve(field.owner, field.name, field.desc, Side.BEFORE);
        Member after = homes.hierarchy().resolve(field.owner, field.name, field.desc, Side.AFTER);
        return before.state() == State.FOUND
                && after.state() == State.FOUND
                && !before.owner().equals(after.owner());
    }
}
