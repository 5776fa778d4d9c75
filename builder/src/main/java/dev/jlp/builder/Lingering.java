package dev.jlp.builder;

import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.JumpInsnNode;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.LookupSwitchInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.TableSwitchInsnNode;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Why a thread may be in a method for as long as the program runs, and so hold a transition back. Told
 * while building, since nobody can do anything about it later but wait, reverse or force.
 */
final class Lingering {

    /** Names of methods that wait, of any class: a loop around one of them is an event loop. */
    private static final Set<String> WAITS = Set.of(
            "wait",
            "sleep",
            "park",
            "parkNanos",
            "parkUntil",
            "await",
            "take",
            "poll",
            "select",
            "accept",
            "receive");

    /** Whose {@code accept}, {@code poll} and so on wait; elsewhere the names say nothing. */
    private static final List<String> WAITING_PACKAGES =
            List.of("java/lang/", "java/util/concurrent/", "java/nio/channels/", "java/net/");

    private final InsnList code;

    private Lingering(MethodNode method) {
        code = method.instructions;
    }

    /** Nothing, if the method is one that ends soon, as far as its body tells. */
    static Optional<String> reason(ClassNode type, MethodNode method, World world)
            throws BuildProblem {
        if (method.instructions.size() == 0) {
            return Optional.empty();
        }
        Lingering body = new Lingering(method);
        if (body.hasLoopWithoutEnd()) {
            return Optional.of("it has a loop that only an exception ends");
        }
        Optional<String> wait = body.waitInLoop();
        if (wait.isPresent()) {
            return wait;
        }
        return isBottom(type, method, world)
                ? Optional.of("a thread's stack may begin with it")
                : Optional.empty();
    }

    /** Whether some instruction has no way to a return or a throw, but round and round. */
    private boolean hasLoopWithoutEnd() {
        BitSet ending = new BitSet();
        boolean more = true;
        while (more) {
            more = false;
            for (int at = code.size() - 1; at >= 0; at--) {
                if (!ending.get(at) && (isEnd(at) || next(at).stream().anyMatch(ending::get))) {
                    ending.set(at);
                    more = true;
                }
            }
        }
        BitSet endless = reachable(List.of(0));
        endless.andNot(ending);
        return !endless.isEmpty();
    }

    private Optional<String> waitInLoop() {
        for (int at = 0; at < code.size(); at++) {
            if (code.get(at) instanceof MethodInsnNode call
                    && waits(call)
                    && reachable(next(at)).get(at)) {
                String owner = call.owner.substring(call.owner.lastIndexOf('/') + 1);
                return Optional.of("it waits in a loop, in " + owner + "." + call.name);
            }
        }
        return Optional.empty();
    }

    private static boolean waits(MethodInsnNode call) {
        return WAITS.contains(call.name)
                && WAITING_PACKAGES.stream().anyMatch(call.owner::startsWith);
    }

    private BitSet reachable(List<Integer> starts) {
        BitSet seen = new BitSet();
        List<Integer> open = new ArrayList<>(starts);
        while (!open.isEmpty()) {
            int at = open.remove(open.size() - 1);
            if (!seen.get(at)) {
                seen.set(at);
                open.addAll(next(at));
            }
        }
        return seen;
    }

    private boolean isEnd(int at) {
        int opcode = code.get(at).getOpcode();
        return opcode == Opcodes.ATHROW
                || (opcode >= Opcodes.IRETURN && opcode <= Opcodes.RETURN)
                || opcode == Opcodes.RET;
    }

    /** Where the instruction may go without an exception. */
    private List<Integer> next(int at) {
        AbstractInsnNode node = code.get(at);
        List<LabelNode> labels = new ArrayList<>();
        if (node instanceof JumpInsnNode jump) {
            labels.add(jump.label);
        } else if (node instanceof TableSwitchInsnNode table) {
            labels.addAll(table.labels);
            labels.add(table.dflt);
        } else if (node instanceof LookupSwitchInsnNode lookup) {
            labels.addAll(lookup.labels);
            labels.add(lookup.dflt);
        }
        boolean jumpsAway = node.getOpcode() == Opcodes.GOTO
                || (!labels.isEmpty() && !(node instanceof JumpInsnNode));
        List<Integer> next = new ArrayList<>();
        labels.forEach(label -> next.add(code.indexOf(label)));
        if (!jumpsAway && !isEnd(at) && at + 1 < code.size()) {
            next.add(at + 1);
        }
        return next;
    }

    /** {@code main}, or a {@code run} or {@code call} that a thread or an executor may call. */
    private static boolean isBottom(ClassNode type, MethodNode method, World world)
            throws BuildProblem {
        if (method.name.equals("main")) {
            return method.desc.equals("([Ljava/lang/String;)V");
        }
        return (method.name.equals("run")
                        && method.desc.equals("()V")
                        && isA(type, "java/lang/Runnable", world, new HashSet<>()))
                || (method.name.equals("call")
                        && method.desc.startsWith("()")
                        && isA(type, "java/util/concurrent/Callable", world, new HashSet<>()));
    }

    private static boolean isA(ClassNode type, String wanted, World world, Set<String> seen)
            throws BuildProblem {
        List<String> above = new ArrayList<>(type.interfaces);
        if (type.superName != null) {
            above.add(type.superName);
        }
        if (above.contains(wanted)) {
            return true;
        }
        for (String name : above) {
            ClassNode ancestor = seen.add(name) ? world.before(name) : null;
            if (ancestor != null && isA(ancestor, wanted, world, seen)) {
                return true;
            }
        }
        return false;
    }
}
