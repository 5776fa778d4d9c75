package dev.jlp.runtime;

import com.grack.nanojson.JsonArray;
import com.grack.nanojson.JsonObject;

import dev.jlp.api.TargetInstance;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/**
 * Runs authors' code within its time, and remembers what overran. Thread-safe: the worker calls, and
 * application threads that define a first class.
 */
final class CallbackCalls {

    private final EventLog events;
    private final long nanosMax;
    private final List<Abandoned> abandoned = new CopyOnWriteArrayList<>();

    /** A run that nobody waits for any more. */
    private record Abandoned(String patch, Instance where, CallbackRun run) {}

    CallbackCalls(EventLog events, long nanosMax) {
        this.events = events;
        this.nanosMax = nanosMax;
    }

    /**
     * Calls one callback.
     *
     * @return why it did not return, in words; null if it did
     */
    @Nullable
    String call(
            CalledInstance called,
            int entry,
            Callback which,
            TargetInstance.State state,
            @Nullable Map<String, Integer> previous,
            CallbackWait wait) {
        log(which.word(), called, entry, state.name());
        TargetInstance argument = new TargetInstance(
                called.patch().name(),
                called.where().target(),
                state,
                called.where().loader().get(),
                called.classes(),
                previous,
                Rights::of);
        String what = called.entry(entry) + "." + which.word();
        called.loader().setComing(state == TargetInstance.State.COMING);
        try {
            CallbackRun run = CallbackRun.start(
                    "jlp-callback-" + called.patch().name(),
                    what,
                    called.loader(),
                    () -> called.call(entry, which, argument),
                    wait::wake);
            called.running = run;
            return end(called, entry, run, wait);
        } finally {
            called.running = null;
            argument.end();
            called.loader().setComing(false);
        }
    }

    private @Nullable String end(
            CalledInstance called, int entry, CallbackRun run, CallbackWait wait) {
        wait.await(run, nanosMax);
        if (!run.isOver()) {
            run.abandon();
            abandoned.add(new Abandoned(called.patch().name(), called.where(), run));
            String why = wait.verdict(run, TimeUnit.NANOSECONDS.toMillis(nanosMax));
            log("callback-abandoned", called, entry, run.what() + " " + why);
            return why;
        }
        Throwable thrown = run.thrown();
        return thrown == null ? null : "threw " + thrown;
    }

    /** As an event that everybody but pre-patch may have: it counts as done. */
    void failed(CalledInstance called, int entry, Callback which, String why) {
        log("callback-failed", called, entry, which.word() + " " + why);
    }

    void vetoed(CalledInstance called, int entry, String why) {
        log("pre-patch-failed", called, entry, why);
    }

    private void log(String event, CalledInstance called, int entry, String detail) {
        events.log(
                event,
                called.patch().name(),
                called.patch().version(),
                "target",
                called.where().target(),
                "loader",
                called.where().loader().name(),
                "callback",
                called.entry(entry),
                "detail",
                detail);
    }

    /** Runs code of ours that touches what is the application's, within the same time. */
    void runAside(String what, Callable<?> body, CallbackWait wait) {
        CallbackRun run = CallbackRun.start(
                "jlp-callback-states",
                what,
                ClassLoader.getPlatformClassLoader(),
                body,
                wait::wake);
        wait.await(run, nanosMax);
        Throwable thrown = run.thrown();
        if (!run.isOver() || thrown != null) {
            Contained.report(
                    what + " did not end well",
                    thrown == null ? new IllegalStateException("it overran") : thrown);
        }
    }

    /** Threads of a patch's callbacks that were abandoned and still live. */
    List<String> alive(String patch) {
        abandoned.removeIf(each -> !each.run().isAlive());
        return abandoned.stream()
                .filter(each -> each.patch().equals(patch))
                .map(each -> each.run().threadName() + " in " + each.run().what())
                .toList();
    }

    /** All of them, for status. */
    JsonArray document() {
        abandoned.removeIf(each -> !each.run().isAlive());
        JsonArray document = new JsonArray();
        for (Abandoned each : abandoned) {
            JsonObject one = Commands.object("patch", each.patch());
            one.put("target", each.where().target());
            one.put("loader", each.where().loader().name());
            one.put("callback", each.run().what());
            one.put("thread", each.run().threadName());
            one.put("id", each.run().threadId());
            one.put("seconds", each.run().seconds());
            document.add(one);
        }
        return document;
    }
}
