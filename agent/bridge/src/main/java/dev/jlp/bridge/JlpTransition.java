package dev.jlp.bridge;

import org.jspecify.annotations.Nullable;

import java.util.Collection;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The running transition as woven code sees it. One coordinator begins, reverses and ends it; any
 * thread reads it. Kernel counterpart: {@code klp_transition_patch} and {@code klp_target_state}.
 */
public final class JlpTransition {

    /** Their native methods load and initialise classes and call nothing afterwards. */
    private static final Set<String> LOADERS =
            Set.of("java.lang.Class", "java.lang.ClassLoader", "jdk.internal.misc.Unsafe");

    private static final int EPOCH_MAX = Integer.MAX_VALUE;

    private final int id;
    private final Map<String, Map<String, Set<String>>> affected;
    private final ConcurrentMap<Long, JlpThread> entered;
    private int epoch;
    private boolean goal;

    /** The own walk of {@link JlpThread}, made once since the hot path must not allocate. */
    final Function<Stream<StackWalker.StackFrame>, Boolean> ownStack = new OwnStack();

    private JlpTransition(
            int id,
            Map<String, Map<String, Set<String>>> affected,
            ConcurrentMap<Long, JlpThread> entered) {
        this.id = id;
        this.affected = affected;
        this.entered = entered;
    }

    /**
     * Gives every thread a state: the old universe, which is also the goal until {@link #open}. To be
     * called before anything is armed: a class may be armed earlier than the others, because it is just
     * being defined or another agent is just retransforming it, and nobody may settle on new before all
     * are.
     *
     * @param id positive, never used before in this JVM
     * @param affected class name with dots, then method name, then descriptors
     */
    public static JlpTransition begin(int id, Map<String, Map<String, Set<String>>> affected) {
        return begin(id, affected, new ConcurrentHashMap<>());
    }

    static JlpTransition begin(
            int id,
            Map<String, Map<String, Set<String>>> affected,
            ConcurrentMap<Long, JlpThread> entered) {
        JlpTransition begun = new JlpTransition(id, affected, entered);
        JlpDispatch.setOutcome(id, false);
        JlpDispatch.running = begun;
        // Last: who reads this stamp in JlpDispatch.enter also finds the transition.
        JlpDispatch.stamp = begun.stamp();
        return begun;
    }

    /**
     * Takes a walk, so that no entry is the first to need what a walk needs: on an application's thread a
     * class of the JDK might fail to initialise, for good. To be called once, at the agent's start.
     */
    public static void prepare() {
        JlpThread.walk(new JlpTransition(0, Map.of(), new ConcurrentHashMap<>()).ownStack);
    }

    /** Everything is armed: from now on threads may settle on the new universe. */
    public void open() {
        reverse();
    }

    /**
     * Begins an epoch with the same goal: looks taken before prove nothing any more. Threads keep their
     * universe.
     */
    public void renew() {
        goal = !goal;
        reverse();
    }

    /** Turns round: threads that have settled have to settle again, the others are there already. */
    public void reverse() {
        if (epoch == EPOCH_MAX) {
            throw new IllegalStateException("reversed too often");
        }
        epoch++;
        goal = !goal;
        // Pairs with the read in JlpDispatch.enter; looks count only if taken after this write.
        JlpDispatch.stamp = stamp();
    }

    /** Ends it: bodies woven for it take this universe for ever. */
    public void end(boolean universe) {
        JlpDispatch.setOutcome(id, universe);
        // After the outcome: who reads this stamp in JlpDispatch.enter also finds the outcome.
        JlpDispatch.stamp = 0;
        JlpDispatch.running = null;
    }

    /** Its number. */
    public int id() {
        return id;
    }

    /** The stamp under which threads settle now: {@code [id:32][epoch:31][goal:1]}. */
    public long stamp() {
        return (long) id << 32 | (long) epoch << 1 | (goal ? 1 : 0);
    }

    /** Where it goes: true for the new universe. */
    public boolean goal() {
        return goal;
    }

    /**
     * Makes the thread's next entry walk its stack whatever its back-off. A trace taken after this call
     * that is whole, sure and clear proves that the thread will settle at its next entry.
     */
    public void ask(JlpThread thread) {
        thread.asked = stamp();
    }

    /** Takes that back: the look was not clear, so the back-off may go on. */
    public void unask(JlpThread thread) {
        thread.asked = 0;
    }

    /** What is known of a thread that entered an armed method in this transition. */
    public @Nullable JlpThread entered(long threadId) {
        return entered.get(threadId);
    }

    /** All threads that entered an armed method in this transition. */
    public Collection<JlpThread> entered() {
        return entered.values();
    }

    /** Whether a frame of a trace may be one of the affected methods; traces have no descriptors. */
    public boolean mayBeAffected(String className, String methodName) {
        Map<String, Set<String>> methods = affected.get(className);
        return methods != null && methods.containsKey(methodName);
    }

    /**
     * Whether a native frame in the middle of a stack may have a method in hand that it will call later: a
     * reflective call resolves its method, and initialises or loads classes then.
     *
     * @param className of the native method
     * @param above name of the method that it called
     */
    public static boolean mayHoldMethod(String className, String above) {
        return (above.equals("<clinit>") || above.equals("loadClass"))
                && !LOADERS.contains(className);
    }

    /** Forgets threads that have ended: they never enter again, and many may come and go meanwhile. */
    public void forgetEnded() {
        for (JlpThread each : entered.values()) {
            if (!each.isAlive()) {
                entered.remove(each.id());
            }
        }
    }

    /** Answers what it knows the thread by from now on: the first that was registered. */
    JlpThread register(JlpThread thread) {
        JlpThread first = entered.putIfAbsent(thread.id(), thread);
        return first == null ? thread : first;
    }

    private boolean isAffected(StackWalker.StackFrame frame) {
        Map<String, Set<String>> methods = affected.get(frame.getClassName());
        if (methods == null) {
            return false;
        }
        @Nullable Set<String> descriptors = methods.get(frame.getMethodName());
        return descriptors != null && descriptors.contains(frame.getDescriptor());
    }

    /** Frames, newest first: ours, then the armed method that asks, then what counts. */
    private final class OwnStack implements Function<Stream<StackWalker.StackFrame>, Boolean> {

        @Override
        public Boolean apply(Stream<StackWalker.StackFrame> frames) {
            Iterator<StackWalker.StackFrame> each = frames.iterator();
            while (each.hasNext() && isOurs(each.next().getDeclaringClass())) {
                // The first frame that is not ours is the armed method itself.
            }
            String above = "";
            while (each.hasNext()) {
                StackWalker.StackFrame frame = each.next();
                if (isAffected(frame)
                        || (frame.isNativeMethod() && mayHoldMethod(frame.getClassName(), above))) {
                    return false;
                }
                above = frame.getMethodName();
            }
            return true;
        }

        private boolean isOurs(Class<?> type) {
            return type == JlpThread.class || type == JlpDispatch.class;
        }
    }
}
