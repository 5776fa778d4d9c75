package dev.jlp.benchmarks;

import com.grack.nanojson.JsonObject;

import dev.jlp.control.ControlClient;
import dev.jlp.control.ControlProblem;
import dev.jlp.control.Request;
import dev.jlp.control.SocketPlace;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Talks to the agent of one JVM, this one or another. */
final class Control {

    /** An answer takes the worker's time, from the transition that is waited for. */
    private static final long POLL_MILLIS = 50;

    private final ControlClient client;

    Control(long pid) throws IOException {
        client = new ControlClient(SocketPlace.socket(pid), Duration.ofMinutes(2));
    }

    void load(Path artifact) throws IOException, ControlProblem {
        client.call(new Request("load", new JsonObject(), Files.readAllBytes(artifact)));
    }

    void command(String command, String patch) throws ControlProblem {
        JsonObject arguments = new JsonObject();
        arguments.put("name", patch);
        client.call(new Request(command, arguments));
    }

    JsonObject status() throws ControlProblem {
        return client.call(new Request("status", new JsonObject()));
    }

    /** One of the times of the last operation. */
    double total(String name) throws ControlProblem {
        return status().getObject("totals", new JsonObject()).getDouble(name);
    }

    /** Waits until no transition runs; whether that came in time. */
    boolean await(Duration longest) throws ControlProblem {
        long start = System.nanoTime();
        while (status().getObject("transition") != null) {
            if (System.nanoTime() - start > longest.toNanos()) {
                return false;
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(POLL_MILLIS));
        }
        return true;
    }

    /** Waits until no transition runs, which here must come. */
    void await() throws ControlProblem {
        if (!await(Duration.ofMinutes(2))) {
            throw new IllegalStateException("not switched after 120 s: " + status());
        }
    }
}
