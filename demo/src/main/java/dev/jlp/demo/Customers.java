package dev.jlp.demo;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * The load: each customer has a connection of its own and asks at a fixed pace. An answer's time counts
 * from when it was due to be asked for, so that a stall of the shop is seen by every request it delays.
 */
final class Customers implements AutoCloseable {

    private static final long PACE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
    private static final int ORDERS = 1_000;

    private final int port;
    private final List<Thread> threads = new ArrayList<>();
    private final List<Phase> phases = Collections.synchronizedList(new ArrayList<>());
    private volatile Phase phase;
    private volatile boolean closed;

    Customers(int port, int connections, String firstPhase) {
        this.port = port;
        this.phase = new Phase(firstPhase);
        phases.add(phase);
        for (int customer = 0; customer < connections; customer++) {
            String user = "customer-" + customer;
            long due = System.nanoTime() + PACE_NANOS * customer / connections;
            Thread thread = new Thread(() -> order(user, due), user);
            thread.setDaemon(true);
            threads.add(thread);
        }
        threads.forEach(Thread::start);
    }

    /** From now on answers count for this part of the story; returns the one that ends. */
    Phase enter(String title) {
        Phase ending = phase;
        Phase next = new Phase(title);
        phases.add(next);
        phase = next;
        ending.end();
        return ending;
    }

    /** Waits until so many requests of the present phase are answered. */
    void await(long requests) throws InterruptedException {
        Phase now = phase;
        long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
        while (now.requests() < requests) {
            Untrue.unless(
                    System.nanoTime() < deadline,
                    "The shop answered too few requests within a minute.");
            LockSupport.parkNanos(PACE_NANOS);
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
        }
    }

    /** Every phase so far, the present one last. */
    List<Phase> phases() {
        synchronized (phases) {
            return List.copyOf(phases);
        }
    }

    int connections() {
        return threads.size();
    }

    int perSecond() {
        return (int) (threads.size() * TimeUnit.SECONDS.toNanos(1) / PACE_NANOS);
    }

    /** Lets each customer have the last answer, and waits until all are gone. */
    void goHome() throws InterruptedException {
        closed = true;
        for (Thread thread : threads) {
            thread.join();
        }
        phase.end();
    }

    /** Sends the customers home without waiting for them. */
    @Override
    public void close() {
        closed = true;
    }

    private void order(String user, long firstDue) {
        long due = firstDue;
        while (!closed) {
            try (KeepAlive connection = new KeepAlive(port)) {
                while (!closed) {
                    waitFor(due);
                    int id = ThreadLocalRandom.current().nextInt(ORDERS) + 1;
                    boolean confirmed = id % 4 == 0;
                    String page = connection.get(
                            "/orders/" + id + (confirmed ? "/confirmation?greeting=Hi" : ""), user);
                    if (!page.startsWith("{\"order\": " + id + ",")) {
                        throw new IOException("the shop answered with the wrong page: " + page);
                    }
                    phase.answered(System.nanoTime() - due);
                    due += PACE_NANOS;
                }
            } catch (IOException lost) {
                phase.failed(String.valueOf(lost.getMessage()));
                due += PACE_NANOS;
                waitFor(due);
            }
        }
    }

    private static void waitFor(long due) {
        for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }
}
