package dev.jlp.builder;

import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ConstantDynamic;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.IincInsnNode;
import org.objectweb.asm.tree.InsnNode;
import org.objectweb.asm.tree.IntInsnNode;
import org.objectweb.asm.tree.InvokeDynamicInsnNode;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.LookupSwitchInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.MultiANewArrayInsnNode;
import org.objectweb.asm.tree.TableSwitchInsnNode;
import org.objectweb.asm.tree.TryCatchBlockNode;
import org.objectweb.asm.tree.TypeInsnNode;
import org.objectweb.asm.tree.VarInsnNode;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Writes statements so that two sequences are equal if they do the same: without lines, slots,
 * labels, and the ways in which a constant can be pushed.
 */
final class StatementText {

    private final ClassNode type;
    private final MethodNode method;
    private final LinearCode code;
    private final ValueFlow flow;
    private final Map<Integer, Integer> variables = new HashMap<>();

    StatementText(ClassNode type, MethodNode method, LinearCode code, ValueFlow flow) {
        this.type = type;
        this.method = method;
        this.code = code;
        this.flow = flow;
        for (int i = 0; i < code.size(); i++) {
            int first = -1;
            for (int store : flow.loads(i)) {
                first = first < 0 ? root(store) : first;
                variables.put(root(store), first);
            }
        }
    }

    /** The variable that a store belongs to: that of all stores that are read at one place. */
    private int root(int store) {
        int at = store;
        while (variables.getOrDefault(at, at) != at) {
            at = variables.getOrDefault(at, at);
        }
        return at;
    }

    /** The text of statements that follow each other in what is compared. */
    String of(List<InitStatement> statements) {
        StringBuilder text = new StringBuilder();
        Map<Integer, Integer> numbers = new HashMap<>();
        for (InitStatement statement : statements) {
            for (int i = statement.start(); i < statement.end(); i++) {
                if (isOrdinal(statement, i)) {
                    text.append("ordinal\n");
                } else {
                    text.append(instruction(statement, i, numbers)).append('\n');
                }
            }
            handlers(statement, text);
            text.append("--\n");
        }
        return text.toString();
    }

    /** Whether an instruction pushes the ordinal of an enum constant that is being made. */
    private boolean isOrdinal(InitStatement statement, int index) {
        return index == statement.start() + 3
                && code.at(statement.end() - 1) instanceof FieldInsnNode put
                && put.getOpcode() == Opcodes.PUTSTATIC
                && put.owner.equals(type.name)
                && type.fields.stream()
                        .anyMatch(f -> f.name.equals(put.name)
                                && ClassFiles.has(f.access, Opcodes.ACC_ENUM))
                && constant(code.at(index)) instanceof Integer;
    }

    private String instruction(InitStatement statement, int index, Map<Integer, Integer> numbers) {
        AbstractInsnNode node = code.at(index);
        Object constant = constant(node);
        if (constant != null) {
            return "push " + constantText(constant);
        }
        String operation = "op" + node.getOpcode() + " ";
        if (node instanceof VarInsnNode) {
            return operation + variable(index, numbers);
        } else if (node instanceof IincInsnNode increment) {
            return operation + variable(index, numbers) + " " + increment.incr;
        } else if (node instanceof FieldInsnNode field) {
            return operation + field.owner + "." + field.name + ":" + field.desc;
        } else if (node instanceof TypeInsnNode named) {
            return operation + named.desc;
        } else if (node instanceof MultiANewArrayInsnNode array) {
            return operation + array.desc + array.dims;
        } else if (node instanceof IntInsnNode array) {
            return operation + array.operand;
        } else if (node instanceof MethodInsnNode call) {
            return call(call);
        } else if (node instanceof InvokeDynamicInsnNode site) {
            return operation
                    + site.name
                    + site.desc
                    + constantText(site.bsm)
                    + constants(site.bsmArgs);
        } else if (node instanceof TableSwitchInsnNode || node instanceof LookupSwitchInsnNode) {
            return "switch " + targets(statement, node);
        }
        return operation
                + LinearCode.targets(node).stream()
                        .map(label -> code.position(label) - statement.start())
                        .toList();
    }

    private String call(MethodInsnNode call) {
        int opcode = call.getOpcode();
        if (opcode == Opcodes.INVOKESPECIAL && !call.name.equals("<init>")) {
            opcode = call.itf ? Opcodes.INVOKEINTERFACE : Opcodes.INVOKEVIRTUAL;
        }
        return "op" + opcode + " " + call.owner + "." + call.name + call.desc;
    }

    private String variable(int index, Map<Integer, Integer> numbers) {
        int store = flow.loads(index).stream().findFirst().orElse(index);
        return "v" + numbers.computeIfAbsent(root(store), unseen -> numbers.size());
    }

    /** Both kinds of switch are one; keys that lead to the default need no mention. */
    private String targets(InitStatement statement, AbstractInsnNode node) {
        Map<Integer, Integer> targets = new TreeMap<>();
        LabelNode otherwise;
        if (node instanceof TableSwitchInsnNode table) {
            for (int i = 0; i < table.labels.size(); i++) {
                targets.put(table.min + i, code.position(table.labels.get(i)));
            }
            otherwise = table.dflt;
        } else {
            LookupSwitchInsnNode lookup = (LookupSwitchInsnNode) node;
            for (int i = 0; i < lookup.labels.size(); i++) {
                targets.put(lookup.keys.get(i), code.position(lookup.labels.get(i)));
            }
            otherwise = lookup.dflt;
        }
        int end = code.position(otherwise);
        targets.values().removeIf(target -> target == end);
        targets.replaceAll((key, target) -> target - statement.start());
        return targets + " else " + (end - statement.start());
    }

    private void handlers(InitStatement statement, StringBuilder text) {
        for (TryCatchBlockNode block : method.tryCatchBlocks) {
            int start = code.position(block.start);
            if (statement.holds(start)) {
                text.append("try ")
                        .append(start - statement.start())
                        .append(' ')
                        .append(code.position(block.end) - statement.start())
                        .append(' ')
                        .append(code.position(block.handler) - statement.start())
                        .append(' ')
                        .append(block.type)
                        .append('\n');
            }
        }
    }

    private static Object[] argumentsOf(ConstantDynamic constant) {
        Object[] arguments = new Object[constant.getBootstrapMethodArgumentCount()];
        for (int i = 0; i < arguments.length; i++) {
            arguments[i] = constant.getBootstrapMethodArgument(i);
        }
        return arguments;
    }

    private static String constants(Object[] constants) {
        StringBuilder text = new StringBuilder("(");
        for (Object constant : constants) {
            text.append(constantText(constant)).append(", ");
        }
        return text.append(')').toString();
    }

    private static String constantText(Object constant) {
        if (constant instanceof String string) {
            return "string " + string.length() + ":" + string;
        }
        if (constant instanceof Double number) {
            return "double " + Double.doubleToRawLongBits(number);
        }
        if (constant instanceof Float number) {
            return "float " + Float.floatToRawIntBits(number);
        }
        if (constant instanceof Type named) {
            return "type " + named.getDescriptor();
        }
        if (constant instanceof Handle handle) {
            return "handle " + handle.getTag() + " " + handle.getOwner() + "." + handle.getName()
                    + handle.getDesc();
        }
        if (constant instanceof ConstantDynamic dynamic) {
            return "dynamic " + dynamic.getName() + dynamic.getDescriptor()
                    + constantText(dynamic.getBootstrapMethod())
                    + constants(argumentsOf(dynamic));
        }
        return constant.getClass().getSimpleName() + " " + constant;
    }

    private static @Nullable Object constant(AbstractInsnNode node) {
        int opcode = node.getOpcode();
        if (node instanceof LdcInsnNode load) {
            return load.cst;
        }
        if (node instanceof IntInsnNode push && opcode != Opcodes.NEWARRAY) {
            return push.operand;
        }
        if (!(node instanceof InsnNode)) {
            return null;
        }
        if (opcode >= Opcodes.ICONST_M1 && opcode <= Opcodes.ICONST_5) {
            return opcode - Opcodes.ICONST_0;
        }
        if (opcode == Opcodes.LCONST_0 || opcode == Opcodes.LCONST_1) {
            return (long) (opcode - Opcodes.LCONST_0);
        }
        if (opcode >= Opcodes.FCONST_0 && opcode <= Opcodes.FCONST_2) {
            return (float) (opcode - Opcodes.FCONST_0);
        }
        if (opcode == Opcodes.DCONST_0 || opcode == Opcodes.DCONST_1) {
            return (double) (opcode - Opcodes.DCONST_0);
        }
        return null;
    }
}
