package dev.jlp.benchmarks;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Clients with a connection each, which ask at a fixed rate together, whether or not the server keeps up.
 * With the rate 0 they ask as fast as it answers.
 */
final class Clients implements AutoCloseable {

    private static final int ORDERS = 1_000;

    private final int port;
    private final long paceNanos;
    private final List<Thread> threads = new ArrayList<>();
    private final List<List<Request>> requests = new ArrayList<>();
    private volatile boolean closed;

    Clients(int port, int connections, int perSecond) {
        this.port = port;
        paceNanos = perSecond == 0 ? 0 : TimeUnit.SECONDS.toNanos(connections) / perSecond;
        long now = System.nanoTime();
        for (int client = 0; client < connections; client++) {
            long due = now + paceNanos * client / connections;
            List<Request> own = new ArrayList<>();
            requests.add(own);
            Thread thread = new Thread(() -> ask(due, own), "client");
            thread.setDaemon(true);
            threads.add(thread);
        }
        threads.forEach(Thread::start);
    }

    /** Ends them, each with its last answer; all that they saw. */
    Requests end() throws InterruptedException {
        closed = true;
        for (Thread thread : threads) {
            thread.join();
        }
        return Requests.merge(requests);
    }

    @Override
    public void close() {
        closed = true;
    }

    static void waitUntil(long nanos) {
        for (long left = nanos - System.nanoTime(); left > 0; left = nanos - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    private void ask(long firstDue, List<Request> own) {
        long due = firstDue;
        while (!closed) {
            try (KeepAlive connection = new KeepAlive(port)) {
                while (!closed) {
                    waitUntil(due);
                    int id = ThreadLocalRandom.current().nextInt(ORDERS) + 1;
                    String page = connection.get("/" + id);
                    if (!page.startsWith("order " + id + " ")) {
                        throw new IOException("the wrong page: " + page);
                    }
                    own.add(new Request(due, System.nanoTime(), true));
                    due = next(due);
                }
            } catch (IOException lost) {
                own.add(new Request(due, System.nanoTime(), false));
                due = next(due);
                waitUntil(due);
            }
        }
    }

    private long next(long due) {
        return paceNanos == 0 ? System.nanoTime() : due + paceNanos;
    }
}
