package dev.jlp.weaver;

import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.AnnotationNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.IincInsnNode;
import org.objectweb.asm.tree.InsnNode;
import org.objectweb.asm.tree.InvokeDynamicInsnNode;
import org.objectweb.asm.tree.JumpInsnNode;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.TypeInsnNode;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;

/** Small changes of a method that all change what it means. */
final class Mutation {

    static final int KINDS = 12;

    private Mutation() {}

    /** Makes one change at a place that the seed chooses; what was done, or nothing. */
    static String apply(MethodNode method, int kind, int seed) {
        Random random = new Random(seed);
        return switch (kind) {
            case 0 -> operator(method, random);
            case 1 -> constant(method, random);
            case 2 -> callee(method, random);
            case 3 -> field(method, random);
            case 4 -> condition(method, random);
            case 5 -> handlerType(method, random);
            case 6 -> handlerGone(method, random);
            case 7 -> annotation(method);
            case 8 -> flag(method);
            case 9 -> insertion(method, random);
            case 10 -> increment(method, random);
            default -> typeName(method, random);
        };
    }

    private static String operator(MethodNode method, Random random) {
        AbstractInsnNode node = pick(method, random, n -> n.getOpcode() == Opcodes.IADD);
        if (node == null) {
            return "";
        }
        method.instructions.set(node, new InsnNode(Opcodes.ISUB));
        return "minus for plus";
    }

    private static String constant(MethodNode method, Random random) {
        AbstractInsnNode node = pick(method, random, n -> n instanceof LdcInsnNode);
        if (!(node instanceof LdcInsnNode load)) {
            return "";
        }
        if (load.cst instanceof String text) {
            load.cst = text + "!";
        } else if (load.cst instanceof Integer number) {
            load.cst = number + 1;
        } else if (load.cst instanceof Long number) {
            load.cst = number + 1;
        } else if (load.cst instanceof Double number) {
            load.cst = -number;
        } else {
            return "";
        }
        return "another constant " + load.cst;
    }

    private static String callee(MethodNode method, Random random) {
        AbstractInsnNode node = pick(method, random, n -> n instanceof MethodInsnNode);
        if (node instanceof MethodInsnNode call && !call.name.startsWith("<")) {
            call.name += "2";
            return "another callee " + call.name;
        }
        AbstractInsnNode site = pick(method, random, n -> n instanceof InvokeDynamicInsnNode);
        if (site instanceof InvokeDynamicInsnNode dynamic) {
            dynamic.name += "2";
            return "another interface method " + dynamic.name;
        }
        return "";
    }

    private static String field(MethodNode method, Random random) {
        AbstractInsnNode node = pick(
                method,
                random,
                n -> n instanceof FieldInsnNode field && !field.name.startsWith("this$"));
        if (!(node instanceof FieldInsnNode field)) {
            return "";
        }
        field.name += "2";
        return "another field " + field.name;
    }

    private static String condition(MethodNode method, Random random) {
        AbstractInsnNode node = pick(
                method,
                random,
                n -> n.getOpcode() >= Opcodes.IFEQ && n.getOpcode() <= Opcodes.IF_ACMPNE);
        if (!(node instanceof JumpInsnNode jump)) {
            return "";
        }
        jump.setOpcode(((jump.getOpcode() - Opcodes.IFEQ) ^ 1) + Opcodes.IFEQ);
        return "the opposite condition";
    }

    private static String handlerType(MethodNode method, Random random) {
        if (method.tryCatchBlocks.isEmpty()) {
            return "";
        }
        var block = method.tryCatchBlocks.get(random.nextInt(method.tryCatchBlocks.size()));
        block.type = "java/lang/Unexpected";
        return "a handler for something else";
    }

    private static String handlerGone(MethodNode method, Random random) {
        if (method.tryCatchBlocks.isEmpty()) {
            return "";
        }
        method.tryCatchBlocks.remove(random.nextInt(method.tryCatchBlocks.size()));
        return "a handler less";
    }

    private static String annotation(MethodNode method) {
        List<AnnotationNode> visible = new ArrayList<>();
        if (method.visibleAnnotations != null) {
            visible.addAll(method.visibleAnnotations);
        }
        visible.add(new AnnotationNode("Ljava/lang/Deprecated;"));
        method.visibleAnnotations = visible;
        return "an annotation more";
    }

    private static String flag(MethodNode method) {
        if ((method.access & (Opcodes.ACC_SYNTHETIC | Opcodes.ACC_ABSTRACT)) != 0) {
            return "";
        }
        method.access ^= Opcodes.ACC_SYNCHRONIZED;
        return "synchronized or not";
    }

    private static String insertion(MethodNode method, Random random) {
        AbstractInsnNode node = pick(method, random, n -> n.getOpcode() >= 0);
        if (node == null) {
            return "";
        }
        method.instructions.insertBefore(
                node,
                new MethodInsnNode(Opcodes.INVOKESTATIC, "java/lang/System", "gc", "()V", false));
        return "a call more";
    }

    private static String increment(MethodNode method, Random random) {
        AbstractInsnNode node = pick(method, random, n -> n instanceof IincInsnNode);
        if (!(node instanceof IincInsnNode increment)) {
            return "";
        }
        increment.incr += 1;
        return "another increment";
    }

    private static String typeName(MethodNode method, Random random) {
        AbstractInsnNode node = pick(method, random, n -> n instanceof TypeInsnNode);
        if (!(node instanceof TypeInsnNode named)) {
            return "";
        }
        named.desc += "2";
        return "another type " + named.desc;
    }

    private static @Nullable AbstractInsnNode pick(
            MethodNode method, Random random, Predicate<AbstractInsnNode> wanted) {
        List<AbstractInsnNode> found = new ArrayList<>();
        for (AbstractInsnNode node : method.instructions) {
            if (wanted.test(node)) {
                found.add(node);
            }
        }
        return found.isEmpty() ? null : found.get(random.nextInt(found.size()));
    }
}
