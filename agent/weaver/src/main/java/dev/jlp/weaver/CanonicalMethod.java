package dev.jlp.weaver;

import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.IincInsnNode;
import org.objectweb.asm.tree.IntInsnNode;
import org.objectweb.asm.tree.InvokeDynamicInsnNode;
import org.objectweb.asm.tree.JumpInsnNode;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.LookupSwitchInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.MultiANewArrayInsnNode;
import org.objectweb.asm.tree.TableSwitchInsnNode;
import org.objectweb.asm.tree.TypeInsnNode;
import org.objectweb.asm.tree.VarInsnNode;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** Writes the canonical form of one method. */
final class CanonicalMethod {

    private static final int FLAGS = Opcodes.ACC_PUBLIC
            | Opcodes.ACC_PROTECTED
            | Opcodes.ACC_PRIVATE
            | Opcodes.ACC_STATIC
            | Opcodes.ACC_FINAL
            | Opcodes.ACC_SYNCHRONIZED
            | Opcodes.ACC_NATIVE
            | Opcodes.ACC_ABSTRACT;

    /** Of a compiler-made member the rest is the compiler's choice. */
    private static final int SYNTHETIC_FLAGS = Opcodes.ACC_STATIC | Opcodes.ACC_ABSTRACT;

    private static final int SWITCH = -1;

    private final CanonicalClass type;
    private final MethodNode method;
    private final CanonicalSink sink;
    private final CanonicalCode code;
    private final CanonicalConstants constants;
    private final Map<Integer, Integer> slots = new HashMap<>();
    private final int parameterSlots;

    CanonicalMethod(CanonicalClass type, MethodNode method, CanonicalSink sink) {
        this.type = type;
        this.method = method;
        this.sink = sink;
        this.code = new CanonicalCode(type, method);
        this.constants = new CanonicalConstants(type, sink);
        int receiver = (method.access & Opcodes.ACC_STATIC) != 0 ? 0 : 1;
        this.parameterSlots = receiver + (Type.getArgumentsAndReturnSizes(method.desc) >> 2) - 1;
    }

    void write() {
        boolean synthetic = (method.access & Opcodes.ACC_SYNTHETIC) != 0;
        sink.number(method.access & (synthetic ? SYNTHETIC_FLAGS : FLAGS));
        sink.text(method.desc);
        if (!synthetic) {
            TreeSet<String> declared = new TreeSet<>(method.exceptions);
            sink.number(declared.size());
            declared.forEach(sink::text);
        }
        new CanonicalAnnotations(sink).write(method);
        List<AbstractInsnNode> instructions = code.instructions();
        sink.number(instructions.size());
        for (AbstractInsnNode instruction : instructions) {
            write(instruction);
        }
        writeHandlers(instructions.size());
    }

    private void write(AbstractInsnNode node) {
        Object constant = CanonicalCode.constant(node);
        if (constant != null) {
            sink.number(Opcodes.LDC);
            constants.write(constant);
            return;
        }
        switch (node.getType()) {
            case AbstractInsnNode.METHOD_INSN -> call((MethodInsnNode) node);
            case AbstractInsnNode.INVOKE_DYNAMIC_INSN ->
                constants.writeCallSite((InvokeDynamicInsnNode) node);
            case AbstractInsnNode.TABLESWITCH_INSN -> table((TableSwitchInsnNode) node);
            case AbstractInsnNode.LOOKUPSWITCH_INSN -> lookup((LookupSwitchInsnNode) node);
            default -> {
                sink.number(node.getOpcode());
                writeOperands(node);
            }
        }
    }

    private void writeOperands(AbstractInsnNode node) {
        if (node instanceof VarInsnNode local) {
            sink.number(slot(local.var));
        } else if (node instanceof FieldInsnNode field) {
            sink.text(field.owner);
            sink.text(field.name);
            sink.text(field.desc);
        } else if (node instanceof TypeInsnNode named) {
            sink.text(named.desc);
        } else if (node instanceof JumpInsnNode jump) {
            sink.number(code.index(jump.label));
        } else if (node instanceof IincInsnNode increment) {
            sink.number(slot(increment.var));
            sink.number(increment.incr);
        } else if (node instanceof IntInsnNode array) {
            sink.number(array.operand);
        } else if (node instanceof MultiANewArrayInsnNode array) {
            sink.text(array.desc);
            sink.number(array.dims);
        }
    }

    private void call(MethodInsnNode call) {
        int opcode = call.getOpcode();
        String content = type.content(call.owner, call.name, call.desc);
        if (opcode == Opcodes.INVOKESPECIAL
                && !call.name.equals("<init>")
                && type.ownPrivate(call.owner, call.name, call.desc)) {
            opcode = call.itf ? Opcodes.INVOKEINTERFACE : Opcodes.INVOKEVIRTUAL;
        }
        sink.number(opcode);
        sink.text(call.owner);
        sink.text(content != null ? content : "." + call.name);
        sink.text(call.desc);
        sink.number(call.itf ? 1 : 0);
    }

    private void table(TableSwitchInsnNode node) {
        Map<Integer, LabelNode> targets = new TreeMap<>();
        for (int i = 0; i < node.labels.size(); i++) {
            targets.put(node.min + i, node.labels.get(i));
        }
        writeSwitch(targets, node.dflt);
    }

    private void lookup(LookupSwitchInsnNode node) {
        Map<Integer, LabelNode> targets = new TreeMap<>();
        for (int i = 0; i < node.labels.size(); i++) {
            targets.put(node.keys.get(i), node.labels.get(i));
        }
        writeSwitch(targets, node.dflt);
    }

    /** Both kinds of switch are one; keys that lead to the default need no mention. */
    private void writeSwitch(Map<Integer, LabelNode> targets, LabelNode otherwise) {
        int end = code.index(otherwise);
        targets.values().removeIf(label -> code.index(label) == end);
        sink.number(SWITCH);
        sink.number(end);
        sink.number(targets.size());
        targets.forEach((key, label) -> {
            sink.number(key);
            sink.number(code.index(label));
        });
    }

    /** For each stretch of code the handlers in the order in which they are tried. */
    private void writeHandlers(int size) {
        List<CanonicalCode.Handler> before = List.of();
        for (int i = 0; i < size; i++) {
            List<CanonicalCode.Handler> here = code.handlersAt(i);
            if (!here.equals(before)) {
                sink.number(i);
                sink.number(here.size());
                here.forEach(this::write);
                before = here;
            }
        }
    }

    private void write(CanonicalCode.Handler handler) {
        sink.number(handler.index());
        @Nullable String caught = handler.type();
        sink.text(caught == null ? "" : caught);
    }

    /** Parameters keep their slots, other locals are numbered by first use. */
    private int slot(int slot) {
        if (slot < parameterSlots) {
            return slot;
        }
        return slots.computeIfAbsent(slot, unseen -> parameterSlots + slots.size());
    }
}
