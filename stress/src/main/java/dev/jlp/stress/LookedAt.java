package dev.jlp.stress;

import dev.jlp.bridge.JlpDispatch;

import java.util.Map;
import java.util.Set;

/**
 * A real thread that enters armed methods without end, inside an old body and outside of it, and notes
 * what it was answered. The coordinator looks at it.
 */
final class LookedAt extends Thread {

    /** The transition that bodies are armed for; written where the product redefines. */
    static volatile int armedFor;

    static volatile boolean over;

    /** What a transition of this program has to be clear of. */
    static final Map<String, Map<String, Set<String>>> AFFECTED = Map.of(
            LookedAt.class.getName(), Map.of("inside", Set.of("(I)V"), "armed", Set.of("()V")));

    /** Number of the newest entry, written as the first thing of it. */
    private volatile int entries;

    /** Transition in the high half and number of the last entry in the low one, by answer. */
    private volatile long lastOld;

    private volatile long lastNew;

    LookedAt(String name) {
        super(name);
        setDaemon(true);
    }

    @Override
    public void run() {
        int random = hashCode() | 1;
        while (!over) {
            armed();
            random = random * 1_103_515_245 + 12_345;
            idle(random >>> 24);
            inside(random >>> 28);
        }
    }

    /** An armed method whose bodies call another one: while one runs, its thread cannot settle. */
    private void inside(int calls) {
        int number = next();
        int id = armedFor;
        note(number, id, JlpDispatch.enter(id));
        for (int i = 0; i < calls; i++) {
            armed();
            idle(i);
        }
    }

    private void armed() {
        int number = next();
        int id = armedFor;
        note(number, id, JlpDispatch.enter(id));
    }

    private int next() {
        int number = entries + 1; // one writer
        entries = number;
        return number;
    }

    private void note(int number, int id, boolean isNew) {
        long note = (long) id << 32 | number;
        if (isNew) {
            lastNew = note;
        } else {
            lastOld = note;
        }
    }

    private static void idle(int turns) {
        for (int i = 0; i < turns; i++) {
            Thread.onSpinWait();
        }
    }

    int entries() {
        return entries;
    }

    /** Whether an entry after the one of that number had this answer in that transition. */
    boolean answeredSince(int number, boolean isNew, int id) {
        long note = isNew ? lastNew : lastOld;
        return (int) (note >>> 32) == id && (int) note > number;
    }
}
