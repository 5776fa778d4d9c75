package dev.jlp.acceptance.programs;

import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;

/** A thread whose class overrides what others may ask it: such calls run the program's code. */
final class OddThread extends Thread {

    private final String habit;

    /** {@code lies}, {@code throws}, or {@code hangs}. */
    OddThread(String habit, String name, Runnable body) {
        super(null, body, name);
        this.habit = habit;
        setDaemon(true);
    }

    @Override
    public StackTraceElement[] getStackTrace() {
        return answer(() -> new StackTraceElement[] {
            new StackTraceElement("jdk.internal.misc.Unsafe", "park", "Unsafe.java", -2)
        });
    }

    @Override
    public Thread.State getState() {
        return answer(() -> Thread.State.TERMINATED);
    }

    @Override
    @SuppressWarnings("deprecation") // final in later JDKs only under its new name
    public long getId() {
        return answer(() -> 1L);
    }

    @Override
    public String toString() {
        return answer(() -> "nobody");
    }

    private <T> T answer(Supplier<T> lie) {
        if (habit.equals("hangs")) {
            hang();
        }
        if (!habit.equals("lies")) {
            throw new IllegalStateException("not telling");
        }
        return lie.get();
    }

    private static void hang() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }
}
