package dev.jlp.builder;

import dev.jlp.builder.Change.Kind;
import dev.jlp.builder.Change.Verdict;

import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FieldNode;
import org.objectweb.asm.tree.InsnNode;
import org.objectweb.asm.tree.IntInsnNode;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.MethodNode;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The dynamic calls of a Groovy class that was compiled without {@code invokedynamic}: methods name them by numbers,
 * which are the places of the real names in one array that the class makes at the first call and keeps. One call more
 * shifts the numbers, so a body may be the same and call something else, and a new body must not meet the array that
 * old code made.
 */
final class GroovySites {

    private static final String MAKERS = "$createCallSiteArray";
    private static final FieldKey KEPT =
            new FieldKey("$callSiteArray", "Ljava/lang/ref/SoftReference;");

    private final SortedMap<Integer, String> before;
    private final SortedMap<Integer, String> after;

    GroovySites(ClassNode before, ClassNode after) {
        this.before = names(before);
        this.after = names(after);
    }

    /** Has the array made anew where its names differ; such a class is taken as a whole. */
    static void judge(ClassDiff diff) {
        FieldNode kept = Holders.find(diff.before(), KEPT);
        GroovySites sites = new GroovySites(diff.before(), diff.after());
        if (kept == null
                || Holders.find(diff.after(), KEPT) == null
                || sites.before.equals(sites.after)) {
            return;
        }
        diff.takeWhole();
        diff.addMoved(
                Kind.STATIC_INITIALISER,
                KEPT,
                Verdict.DONE,
                "the array of the names that Groovy's dynamic calls look for is made anew");
    }

    /** Whether a method with the same body in both classes calls by other names. */
    boolean callsOtherwise(MethodNode method) {
        for (int number : numbers(method)) {
            String was = before.get(number);
            if (was != null && !was.equals(after.get(number))) {
                return true;
            }
        }
        return false;
    }

    private static SortedMap<Integer, String> names(ClassNode type) {
        SortedMap<Integer, String> names = new TreeMap<>();
        for (MethodNode method : type.methods) {
            if (method.name.startsWith(MAKERS)) {
                for (AbstractInsnNode node : method.instructions) {
                    Integer number = number(node);
                    if (number != null
                            && node.getNext() instanceof LdcInsnNode load
                            && load.cst instanceof String name) {
                        names.put(number, name);
                    }
                }
            }
        }
        return names;
    }

    /** The constant places that a method reads of arrays. */
    private static List<Integer> numbers(MethodNode method) {
        List<Integer> numbers = new ArrayList<>();
        for (AbstractInsnNode node : method.instructions) {
            Integer number = number(node);
            if (number != null
                    && node.getNext() != null
                    && node.getNext().getOpcode() == Opcodes.AALOAD) {
                numbers.add(number);
            }
        }
        return numbers;
    }

    private static @Nullable Integer number(AbstractInsnNode node) {
        int opcode = node.getOpcode();
        if (node instanceof InsnNode && opcode >= Opcodes.ICONST_0 && opcode <= Opcodes.ICONST_5) {
            return opcode - Opcodes.ICONST_0;
        }
        if (node instanceof IntInsnNode push && opcode != Opcodes.NEWARRAY) {
            return push.operand;
        }
        return node instanceof LdcInsnNode load && load.cst instanceof Integer number
                ? number
                : null;
    }
}
