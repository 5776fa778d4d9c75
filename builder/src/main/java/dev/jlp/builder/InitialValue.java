package dev.jlp.builder;

import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.FieldNode;
import org.objectweb.asm.tree.FrameNode;
import org.objectweb.asm.tree.IincInsnNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.InsnNode;
import org.objectweb.asm.tree.IntInsnNode;
import org.objectweb.asm.tree.InvokeDynamicInsnNode;
import org.objectweb.asm.tree.JumpInsnNode;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.LookupSwitchInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.TableSwitchInsnNode;
import org.objectweb.asm.tree.TryCatchBlockNode;
import org.objectweb.asm.tree.TypeInsnNode;
import org.objectweb.asm.tree.VarInsnNode;
import org.objectweb.asm.tree.analysis.Analyzer;
import org.objectweb.asm.tree.analysis.AnalyzerException;
import org.objectweb.asm.tree.analysis.BasicInterpreter;
import org.objectweb.asm.tree.analysis.BasicValue;
import org.objectweb.asm.tree.analysis.Frame;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What an added instance field holds in objects that are older than the patch: what the fixed class's
 * constructors would have put there, as far as that does not depend on arguments that nobody keeps.
 *
 * @param kind how sure it is
 * @param code leaves the value on the stack, with the object in slot 0; empty for the type's default
 */
record InitialValue(Kind kind, List<AbstractInsnNode> code) {

    /** How sure it is. */
    enum Kind {
        /** No constructor sets it, or each sets the same. */
        SAME_FOR_ALL,
        /** Some constructors take it from an argument: it is what the others set. */
        WITHOUT_ARGUMENTS,
        /** The type's default, though constructors set something else. */
        UNKNOWN
    }

    /** The type's default, which no constructor changes. */
    static final InitialValue DEFAULT = new InitialValue(Kind.SAME_FOR_ALL, List.of());

    /** Whether it is the type's default. */
    boolean isDefault() {
        return code.isEmpty();
    }

    /** Whether the code is one constant. */
    boolean isConstant() {
        return code.size() == 1
                && (code.get(0) instanceof LdcInsnNode
                        || code.get(0) instanceof IntInsnNode
                        || (code.get(0).getOpcode() >= Opcodes.ACONST_NULL
                                && code.get(0).getOpcode() <= Opcodes.DCONST_1));
    }

    /** Whether computing it twice could be told from computing it once. */
    boolean isComputed() {
        return code.stream()
                .anyMatch(node -> node instanceof MethodInsnNode
                        || node instanceof InvokeDynamicInsnNode
                        || node.getOpcode() == Opcodes.GETSTATIC);
    }

    /** What old objects hold: also what they hold in a field of the same name and a narrower type. */
    static InitialValue inOldObjects(
            Hierarchy hierarchy, ClassNode before, ClassNode after, FieldKey field)
            throws BuildProblem {
        for (FieldNode old : before.fields) {
            if (old.name.equals(field.name())
                    && !old.desc.equals(field.descriptor())
                    && !ClassFiles.has(old.access, Opcodes.ACC_STATIC)) {
                Integer widening = widening(hierarchy, old.desc, field.descriptor());
                if (widening != null) {
                    return new InitialValue(
                            Kind.WITHOUT_ARGUMENTS, widened(after.name, old, widening));
                }
            }
        }
        InitialValue initial = of(after, field);
        if (initial.kind == Kind.SAME_FOR_ALL) {
            return initial;
        }
        List<AbstractInsnNode> kept = new KeptArguments(before, after, field).value();
        return kept == null ? initial : new InitialValue(Kind.SAME_FOR_ALL, kept);
    }

    private static List<AbstractInsnNode> widened(String owner, FieldNode old, int widening) {
        List<AbstractInsnNode> code = new ArrayList<>();
        code.add(new VarInsnNode(Opcodes.ALOAD, 0));
        code.add(new FieldInsnNode(Opcodes.GETFIELD, owner, old.name, old.desc));
        code.add(new InsnNode(widening));
        return code;
    }

    /** The conversion that keeps the value; null if there is none. */
    private static @Nullable Integer widening(Hierarchy hierarchy, String from, String to)
            throws BuildProblem {
        Type before = Type.getType(from);
        Type after = Type.getType(to);
        if (before.getSort() == Type.OBJECT && after.getSort() == Type.OBJECT) {
            boolean fits = after.getInternalName().equals("java/lang/Object")
                    || hierarchy.inherits(before.getInternalName(), after.getInternalName());
            return fits ? Opcodes.NOP : null;
        }
        return switch (from + to) {
            case "BJ", "SJ", "IJ" -> Opcodes.I2L;
            case "BI", "SI", "BS" -> Opcodes.NOP;
            case "BD", "SD", "ID" -> Opcodes.I2D;
            case "FD" -> Opcodes.F2D;
            default -> null;
        };
    }

    /** What the constructors of a class put into one of its fields. */
    static InitialValue of(ClassNode after, FieldKey field) {
        Map<String, List<AbstractInsnNode>> values = new HashMap<>();
        boolean unknown = false;
        boolean unset = false;
        for (MethodNode method : after.methods) {
            if (!method.name.equals("<init>") || delegate(after, method) != null) {
                continue;
            }
            List<FieldInsnNode> writes = writes(after, method, field);
            // What a new object holds that was not set is asked for in the same way.
            unset |= writes.stream().noneMatch(write -> isCertain(method, write));
            if (writes.isEmpty()) {
                continue;
            }
            List<AbstractInsnNode> value =
                    writes.size() == 1 ? expression(after, method, writes.get(0)) : null;
            if (value == null) {
                unknown = true;
            } else {
                values.put(text(value), value);
            }
        }
        return choose(values, unset, unknown);
    }

    private static InitialValue choose(
            Map<String, List<AbstractInsnNode>> values, boolean unset, boolean unknown) {
        int different = values.size() + (unset ? 1 : 0);
        if (different == 1) {
            List<AbstractInsnNode> only =
                    unset ? List.of() : values.values().iterator().next();
            return new InitialValue(unknown ? Kind.WITHOUT_ARGUMENTS : Kind.SAME_FOR_ALL, only);
        }
        return new InitialValue(
                different == 0 && !unknown ? Kind.SAME_FOR_ALL : Kind.UNKNOWN, List.of());
    }

    /** The call of another constructor of the same class, if a constructor begins with one. */
    static @Nullable MethodInsnNode delegate(ClassNode type, MethodNode method) {
        MethodInsnNode call = first(method);
        return call != null && call.owner.equals(type.name) ? call : null;
    }

    /** A constructor's call of the superclass's constructor, or of another one of its class. */
    static @Nullable MethodInsnNode first(MethodNode constructor) {
        int made = 0;
        for (AbstractInsnNode node : constructor.instructions) {
            if (node.getOpcode() == Opcodes.NEW) {
                made++;
            } else if (node instanceof MethodInsnNode call && call.name.equals("<init>")) {
                if (made == 0) {
                    return call;
                }
                made--;
            }
        }
        return null;
    }

    static List<FieldInsnNode> writes(ClassNode type, MethodNode method, FieldKey field) {
        List<FieldInsnNode> writes = new ArrayList<>();
        for (AbstractInsnNode node : method.instructions) {
            if (node instanceof FieldInsnNode write
                    && write.getOpcode() == Opcodes.PUTFIELD
                    && write.owner.equals(type.name)
                    && write.name.equals(field.name())
                    && write.desc.equals(field.descriptor())) {
                writes.add(write);
            }
        }
        return writes;
    }

    /** What is computed between {@code this} and the write, if no argument and no branch plays a part. */
    private static @Nullable List<AbstractInsnNode> expression(
            ClassNode type, MethodNode method, FieldInsnNode write) {
        Frame<BasicValue>[] frames;
        try {
            frames = new Analyzer<>(new BasicInterpreter()).analyze(type.name, method);
        } catch (AnalyzerException unusual) {
            return null;
        }
        InsnList code = method.instructions;
        int end = code.indexOf(write);
        if (frames[end] == null) {
            return null;
        }
        int below = frames[end].getStackSize() - 2;
        Set<AbstractInsnNode> reached = targets(method);
        List<AbstractInsnNode> expression = new ArrayList<>();
        for (int i = end - 1; i >= 0; i--) {
            AbstractInsnNode node = code.get(i);
            if (reached.contains(node) || !isPlain(node)) {
                return null;
            }
            if (node.getOpcode() == Opcodes.ALOAD
                    && frames[i] != null
                    && frames[i].getStackSize() == below) {
                return ((VarInsnNode) node).var == 0 ? expression : null;
            }
            if (node.getOpcode() >= 0) {
                expression.add(0, node);
            }
        }
        return null;
    }

    /** Whether nothing leads past the write, exceptions of the constructor aside. */
    static boolean isCertain(MethodNode method, FieldInsnNode write) {
        InsnList code = method.instructions;
        int end = code.indexOf(write);
        List<LabelNode> targets = new ArrayList<>();
        for (int i = 0; i < end; i++) {
            AbstractInsnNode node = code.get(i);
            if (node.getOpcode() == Opcodes.RETURN) {
                return false;
            }
            if (node instanceof JumpInsnNode jump) {
                targets.add(jump.label);
            } else if (node instanceof LookupSwitchInsnNode branch) {
                targets.addAll(branch.labels);
                targets.add(branch.dflt);
            } else if (node instanceof TableSwitchInsnNode branch) {
                targets.addAll(branch.labels);
                targets.add(branch.dflt);
            }
        }
        for (TryCatchBlockNode block : method.tryCatchBlocks) {
            if (code.indexOf(block.start) < end) {
                targets.add(block.handler);
            }
        }
        return targets.stream().allMatch(target -> code.indexOf(target) <= end);
    }

    static boolean isPlain(AbstractInsnNode node) {
        int opcode = node.getOpcode();
        boolean local =
                node instanceof VarInsnNode use && !(use.var == 0 && opcode == Opcodes.ALOAD);
        boolean leaves = opcode >= Opcodes.IRETURN && opcode <= Opcodes.RETURN;
        boolean writes = opcode == Opcodes.PUTFIELD || opcode == Opcodes.PUTSTATIC;
        return !(local
                || leaves
                || writes
                || opcode == Opcodes.ATHROW
                || node instanceof JumpInsnNode
                || node instanceof LookupSwitchInsnNode
                || node instanceof TableSwitchInsnNode
                || node instanceof IincInsnNode
                || node instanceof FrameNode);
    }

    static Set<AbstractInsnNode> targets(MethodNode method) {
        Set<AbstractInsnNode> targets = new HashSet<>();
        for (AbstractInsnNode node : method.instructions) {
            if (node instanceof JumpInsnNode jump) {
                targets.add(jump.label);
            }
        }
        method.tryCatchBlocks.forEach(block -> targets.add(block.handler));
        return targets;
    }

    static String text(List<AbstractInsnNode> code) {
        StringBuilder text = new StringBuilder();
        for (AbstractInsnNode node : code) {
            text.append(node.getOpcode()).append(' ');
            if (node instanceof LdcInsnNode load) {
                text.append(load.cst.getClass().getName()).append(load.cst);
            } else if (node instanceof IntInsnNode push) {
                text.append(push.operand);
            } else if (node instanceof TypeInsnNode type) {
                text.append(type.desc);
            } else if (node instanceof FieldInsnNode field) {
                text.append(field.owner).append('.').append(field.name).append(field.desc);
            } else if (node instanceof MethodInsnNode call) {
                text.append(call.owner).append('.').append(call.name).append(call.desc);
            } else if (node instanceof InvokeDynamicInsnNode site) {
                text.append(site.name)
                        .append(site.desc)
                        .append(site.bsm)
                        .append(Arrays.toString(site.bsmArgs));
            }
            text.append('\n');
        }
        return text.toString();
    }
}
