package dev.jlp.engine;

import java.util.ArrayList;
import java.util.List;

/**
 * A thread of the small world.
 *
 * @param stack oldest activation first
 * @param fresh its universe in the running transition: true for new
 * @param settled whether it has chosen in the present epoch
 * @param cleared whether a look, or its birth, counts for the present epoch
 * @param switches how often it has changed its universe in this transition
 */
record ModelThread(
        List<Frame> stack, boolean fresh, boolean settled, boolean cleared, int switches) {

    static final ModelThread BORN = new ModelThread(List.of(), false, false, true, 0);

    /**
     * One activation.
     *
     * @param owner of its body; empty for the original
     * @param leftByForce it was on the stack when a transition was forced that changed its method
     */
    record Frame(MethodKey method, String owner, boolean leftByForce) {}

    ModelThread {
        stack = List.copyOf(stack);
    }

    boolean isDone() {
        return settled || cleared;
    }

    ModelThread calls(MethodKey method, String owner) {
        List<Frame> deeper = new ArrayList<>(stack);
        deeper.add(new Frame(method, owner, false));
        return with(deeper);
    }

    ModelThread returns() {
        return with(stack.subList(0, stack.size() - 1));
    }

    /** It has settled on {@code universe}. */
    ModelThread settledOn(boolean universe) {
        return new ModelThread(
                stack, universe, true, cleared, switches + (universe == fresh ? 0 : 1));
    }

    ModelThread clearedByLook() {
        return new ModelThread(stack, fresh, settled, true, switches);
    }

    /** A new epoch: what it chose and what was seen of it before counts no more; its universe stays. */
    ModelThread turned() {
        return new ModelThread(stack, fresh, false, false, switches);
    }

    /** No transition runs. */
    ModelThread atRest() {
        return new ModelThread(stack, false, false, false, 0);
    }

    ModelThread with(List<Frame> other) {
        return new ModelThread(other, fresh, settled, cleared, switches);
    }

    /** As the JVM would show it: waiting in a native method above its frames. */
    Look look() {
        List<StackTraceElement> frames = new ArrayList<>();
        frames.add(element("java.lang.Thread", "run", 0));
        for (Frame frame : stack) {
            frames.add(
                    0,
                    element(frame.method().className(), frame.method().method().name(), 1));
        }
        frames.add(0, element("java.lang.Object", "wait0", -2));
        return new Look(frames, Thread.State.WAITING, 0, 0, false, false);
    }

    private static StackTraceElement element(String type, String method, int line) {
        return new StackTraceElement(type, method, type + ".java", line);
    }
}
