package dev.jlp.runtime;

import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.InsnNode;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.VarInsnNode;

import java.util.Arrays;
import java.util.function.Consumer;

/**
 * Mistakes in the product's own code, one each, made where the class is loaded: the world in which it is found,
 * and what is found.
 */
@SuppressWarnings("ImmutableEnumChecker") // the changes have no state
enum EntryBug {
    NONE(EntryScript.NEST, "", "", any -> {}),
    THE_OUTCOME_COMES_AFTER_THE_STAMP(
            EntryScript.NEST,
            "on a stack",
            "bridge/JlpTransition.end",
            method -> delegate(method, "dev/jlp/bridge/BridgeState", "endStampFirst")),
    THE_STAMP_IS_READ_ABOVE_A_POLL(
            EntryScript.CALLS_IN_HAND,
            "on a stack",
            "bridge/JlpDispatch.enter",
            EntryBug::readStampEarly),
    A_THREAD_SETTLES_WITH_A_FRAME_ON_ITS_STACK(
            EntryScript.NEST,
            "a mixture",
            "bridge/JlpThread.stackIsClear",
            method -> answer(method, true)),
    NOBODY_IS_ASKED(
            EntryScript.NEST, "on a stack", "bridge/JlpTransition.ask", EntryBug::doNothing),
    NOBODY_IS_ASKED_WHILE_THE_BACK_OFF_RUNS(
            EntryScript.NEST,
            "on a stack",
            "bridge/JlpThread.isHeld",
            method -> readIsNever(method, "asked")),
    WHO_IS_HELD_IS_SO_FOR_EVERY_STAMP(
            EntryScript.HELD_AND_REVERSED,
            "on a stack",
            "bridge/JlpThread.isHeld",
            method -> readIsArgument(method, "held")),
    WHO_ENTERED_WHILE_IT_WAS_LOOKED_AT_IS_CLEARED(
            EntryScript.NEST,
            "on a stack",
            "runtime/Switching.isSettledBy",
            method -> callAnswers(method, "contains", 1)),
    LOOKS_COUNT_AFTER_A_REVERSAL(
            EntryScript.REVERSED_BETWEEN_LOOKS,
            "on a stack",
            "runtime/Switching.beginEpoch",
            method -> dropCalls(method, "clear")),
    AN_UNSURE_TRACE_IS_ENOUGH(
            EntryScript.CALLS_IN_HAND,
            "on a stack",
            "engine/StackCheck.hasRunOn",
            method -> answer(method, true)),
    FRAMES_ARE_NOT_SEEN_FROM_OUTSIDE(
            EntryScript.NEST,
            "on a stack",
            "bridge/JlpTransition.mayBeAffected",
            method -> answer(method, false)),
    EVERYBODY_COUNTS_AS_BORN_SINCE(
            EntryScript.NEST,
            "on a stack",
            "runtime/Switching.beginEpoch",
            method -> callAnswers(method, "of", 0)),
    THE_WATERMARK_IS_DRAWN_BEFORE_THE_EPOCH(
            EntryScript.BIRTH,
            "on a stack",
            "runtime/Switching.open",
            method -> first(method, "beginEpoch")),
    WHO_IS_JUST_CHOOSING_WAS_NEVER_AWAY(
            EntryScript.REVERSED,
            "on a stack",
            "runtime/Switching.isBridge",
            method -> answer(method, false)),
    THREADS_MAY_SETTLE_BEFORE_ALL_IS_ARMED(
            EntryScript.ARMED_ONE_BY_ONE.with(EntryScript.Quirk.OPENED_BEFORE_ARMED),
            "more switches",
            "",
            any -> {}),
    FINALISED_BEFORE_DECIDED(
            EntryScript.ONE_MISSES_THE_END.with(EntryScript.Quirk.FINALISED_BEFORE_DECIDED),
            "a mixture",
            "",
            any -> {}),
    THE_STAMP_IS_PLAIN(EntryScript.NEST, "a race", "bridge/JlpDispatch#stamp", any -> {}),
    SETTLED_IS_PLAIN(EntryScript.NEST, "a race", "bridge/JlpThread#settled", any -> {}),
    ASKED_IS_PLAIN(EntryScript.NEST, "a race", "bridge/JlpThread#asked", any -> {});

    final EntryScript script;
    final String finding;
    private final String place;
    private final Consumer<MethodNode> change;

    EntryBug(EntryScript script, String finding, String place, Consumer<MethodNode> change) {
        this.script = script;
        this.finding = finding;
        this.place = place;
        this.change = change;
    }

    /** Makes the mistake if this is the class that it belongs into. */
    void seed(ClassNode type) {
        type.fields.stream()
                .filter(field -> ("dev/jlp/" + place).equals(type.name + "#" + field.name))
                .forEach(field -> field.access &= ~Opcodes.ACC_VOLATILE);
        type.methods.stream()
                .filter(method -> ("dev/jlp/" + place).equals(type.name + "." + method.name))
                .forEach(change);
    }

    private static void clear(MethodNode method) {
        method.instructions.clear();
        method.tryCatchBlocks.clear();
        method.localVariables = null;
    }

    private static void doNothing(MethodNode method) {
        clear(method);
        method.instructions.add(new InsnNode(Opcodes.RETURN));
    }

    private static void answer(MethodNode method, boolean what) {
        clear(method);
        method.instructions.add(new InsnNode(what ? Opcodes.ICONST_1 : Opcodes.ICONST_0));
        method.instructions.add(new InsnNode(Opcodes.IRETURN));
    }

    private static void delegate(MethodNode method, String owner, String name) {
        clear(method);
        method.instructions.add(new VarInsnNode(Opcodes.ALOAD, 0));
        method.instructions.add(new VarInsnNode(Opcodes.ILOAD, 1));
        method.instructions.add(EntrySteps.call(owner, name, "(Ldev/jlp/bridge/JlpTransition;Z)V"));
        method.instructions.add(new InsnNode(Opcodes.RETURN));
    }

    private static void readStampEarly(MethodNode method) {
        method.instructions.set(
                read(method, "stamp"),
                EntrySteps.call("dev/jlp/runtime/EntryBridge", "prefetched", "()J"));
    }

    /** A field's value is one that no stamp has. */
    private static void readIsNever(MethodNode method, String field) {
        FieldInsnNode read = read(method, field);
        method.instructions.insertBefore(read, new InsnNode(Opcodes.POP));
        method.instructions.set(read, new LdcInsnNode(-1L));
    }

    /** A field's value is the method's argument, a long. */
    private static void readIsArgument(MethodNode method, String field) {
        FieldInsnNode read = read(method, field);
        method.instructions.insertBefore(read, new InsnNode(Opcodes.POP));
        method.instructions.set(read, new VarInsnNode(Opcodes.LLOAD, 1));
    }

    private static FieldInsnNode read(MethodNode method, String field) {
        return Arrays.stream(method.instructions.toArray())
                .filter(each -> each instanceof FieldInsnNode access && access.name.equals(field))
                .map(FieldInsnNode.class::cast)
                .findFirst()
                .orElseThrow();
    }

    private static void callAnswers(MethodNode method, String name, int what) {
        for (MethodInsnNode call : calls(method, name)) {
            InsnList instead = popped(call);
            boolean wide = Type.getReturnType(call.desc).getSize() == 2;
            instead.add(new InsnNode(wide ? Opcodes.LCONST_0 + what : Opcodes.ICONST_0 + what));
            method.instructions.insert(call, instead);
            method.instructions.remove(call);
        }
    }

    private static void dropCalls(MethodNode method, String name) {
        for (MethodInsnNode call : calls(method, name)) {
            method.instructions.insert(call, popped(call));
            method.instructions.remove(call);
        }
    }

    private static void first(MethodNode method, String name) {
        MethodInsnNode call = calls(method, name)[0];
        AbstractInsnNode receiver = call.getPrevious();
        method.instructions.remove(receiver);
        method.instructions.remove(call);
        method.instructions.insert(call);
        method.instructions.insert(receiver);
    }

    private static MethodInsnNode[] calls(MethodNode method, String name) {
        MethodInsnNode[] calls = Arrays.stream(method.instructions.toArray())
                .filter(each -> each instanceof MethodInsnNode call && call.name.equals(name))
                .toArray(MethodInsnNode[]::new);
        if (calls.length == 0) {
            throw new IllegalStateException("'" + method.name + "' does not call " + name);
        }
        return calls;
    }

    /** Takes arguments and receiver of a call from the stack. */
    private static InsnList popped(MethodInsnNode call) {
        InsnList code = new InsnList();
        Type[] arguments = Type.getArgumentTypes(call.desc);
        for (int i = arguments.length - 1; i >= 0; i--) {
            code.add(new InsnNode(arguments[i].getSize() == 2 ? Opcodes.POP2 : Opcodes.POP));
        }
        if (call.getOpcode() != Opcodes.INVOKESTATIC) {
            code.add(new InsnNode(Opcodes.POP));
        }
        return code;
    }
}
