package dev.jlp.acceptance.programs;

import java.util.concurrent.Callable;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/** Threads of a program that repeat a step each, as long as it lives. */
final class Chores {

    /** Held by all who are in the middle of a step; fair, so that a pause comes. */
    private final ReadWriteLock steps = new ReentrantReadWriteLock(true);

    private final Judge judge;

    Chores(Judge judge) {
        this.judge = judge;
    }

    interface Step {
        void run() throws Exception;
    }

    void goOn(String name, boolean virtual, Step step) {
        Threads.start(name, virtual, () -> {
            while (true) {
                steps.readLock().lock();
                try {
                    step.run();
                } catch (Throwable failed) {
                    judge.failed(name, failed);
                    return;
                } finally {
                    steps.readLock().unlock();
                }
            }
        });
    }

    /** Does something while every chore is between two steps. */
    <T> T inQuiet(Callable<T> act) throws Exception {
        steps.writeLock().lock();
        try {
            return act.call();
        } finally {
            steps.writeLock().unlock();
        }
    }
}
