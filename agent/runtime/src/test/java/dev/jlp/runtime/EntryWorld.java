package dev.jlp.runtime;

import dev.jlp.bridge.BridgeState;
import dev.jlp.bridge.JlpDispatch;
import dev.jlp.bridge.JlpTransition;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Threads that call two methods which one transition changes, and the coordinator of that transition. The
 * bridge and {@link Switching} are the product's own; the JVM around them is {@link EntryJvm}. Loaded by
 * {@link EntryLoader}, together with them.
 */
public final class EntryWorld implements EntryWorlds {

    static final int ID = 7;

    private static final String METHODS = Person.class.getName();
    private static final String DESCRIPTOR =
            "(L" + EntryWorld.class.getName().replace('.', '/') + "$Code;)V";
    private static final Map<String, Map<String, Set<String>>> AFFECTED =
            Map.of(METHODS, Map.of("outer", Set.of(DESCRIPTOR), "inner", Set.of(DESCRIPTOR)));

    /** Rounds of looks after which the coordinator waits until all scripts have been gone through. */
    private static final int ROUNDS_IN_BETWEEN = 2;

    /** Rounds that have to be enough when nobody moves: a thread that ran may need two looks. */
    private static final int ROUNDS_AT_REST = 2;

    private final EntryScript script;
    private EntryJvm jvm = new EntryJvm();
    private Code outer = Code.OLD;
    private Code inner = Code.OLD;
    private int reversals;
    private boolean waiting;
    private String phase = "";
    private @Nullable Boolean outcome;
    private @Nullable Switching switching;

    public EntryWorld(EntryScript script) {
        this.script = script;
    }

    /** What the JVM holds of a method. */
    enum Code {
        OLD,
        BOTH,
        NEW
    }

    @Override
    public List<Schedule.Actor> begin(Schedule schedule) {
        jvm = new EntryJvm();
        EntryJvm.current = jvm;
        outer = Code.OLD;
        inner = Code.OLD;
        reversals = 0;
        waiting = false;
        phase = "";
        outcome = null;
        switching = null;
        BridgeState.forget(ID);
        List<Schedule.Actor> actors = new ArrayList<>();
        for (int i = 0; i < script.steps().size(); i++) {
            Person person = new Person(script.steps().get(i));
            jvm.add(person, i > 0 && script.bears());
            actors.add(person.actor);
        }
        actors.add(new Schedule.Actor(
                "coordinator",
                Set.of("stamp", "running", "outcomes", "asked"),
                () -> !waiting || jvm.isIdle(),
                this::coordinate));
        schedule.describeBy(this::describe);
        return actors;
    }

    private void coordinate() {
        JlpTransition transition = JlpTransition.begin(ID, AFFECTED);
        if (script.opensEarly()) {
            transition.open();
        }
        Switching now = new Switching(
                transition, EntryBridge.platform(), EntryBridge.virtual(), new Looks(), 1_000_000);
        switching = now;
        if (script.armsOneEarly()) {
            phase("the inner method is armed early");
            inner = Code.BOTH;
        }
        phase("both are armed");
        inner = Code.BOTH;
        outer = Code.BOTH;
        if (!script.opensEarly()) {
            now.open();
        }
        boolean universe = awaitAll(now, transition);
        if (!script.finalisesFirst()) {
            decide(transition, universe);
        }
        phase("finalised");
        outer = universe ? Code.NEW : Code.OLD;
        inner = script.missesOne() ? inner : outer;
        jvm.people().forEach(person -> person.requireOnStack(universe));
        if (script.finalisesFirst()) {
            decide(transition, universe);
        }
        phase("over");
    }

    private void decide(JlpTransition transition, boolean universe) {
        phase("decided");
        transition.end(universe);
        outcome = universe;
    }

    private boolean awaitAll(Switching now, JlpTransition transition) {
        boolean done = false;
        for (int i = 0; i < ROUNDS_IN_BETWEEN && !done; i++) {
            phase("round " + i);
            if (reversals < script.reversals() && Schedule.either("reverse")) {
                reversals++;
                now.reverse();
            }
            done = now.pass(this::isInterrupted);
        }
        waiting = !done;
        for (int i = 0; i < ROUNDS_AT_REST && !done; i++) {
            phase("rest " + i);
            done = now.pass(() -> false);
        }
        if (!done) {
            throw new Schedule.Broken("all are outside, and are not counted as done");
        }
        return transition.goal();
    }

    /** A command comes: between two looks. */
    private boolean isInterrupted() {
        return reversals < script.reversals() && Schedule.either("interrupted");
    }

    private void phase(String name) {
        phase = name;
        Schedule.beginsAnew(name.hashCode());
        Schedule.point(name);
    }

    private String describe() {
        StringBuilder text = new StringBuilder(outer + " " + inner + " " + phase + " " + waiting);
        text.append(reversals).append(outcome).append(' ').append(BridgeState.of(ID));
        for (EntryJvm.Known person : jvm.people()) {
            text.append(person);
        }
        Switching now = switching;
        if (now != null) {
            Fingerprint.add(text, now);
        }
        return text.append(jvm).toString();
    }

    /** A thread of the application. Its methods are those that are patched. */
    final class Person extends EntryJvm.Known {

        private final List<EntryStep> steps;
        private final Schedule.Actor actor;
        private int at;
        private @Nullable Boolean nest;
        private int depth;
        private @Nullable Boolean last;
        private int switches;

        Person(List<EntryStep> steps) {
            this.steps = steps;
            actor = new Schedule.Actor(
                    "thread " + jvm.people().size(),
                    Set.of("settled"),
                    this::isStarted,
                    this::live);
            is(actor);
        }

        private void live() {
            for (at = 0; at < steps.size(); at++) {
                Schedule.beginsAnew(at);
                step(steps.get(at)); // one line: a thread that goes on is not known by it
            }
            Schedule.beginsAnew(at);
            if (!steps.isEmpty()) {
                Schedule.point("is at the end of its script");
            }
            end();
        }

        private void step(EntryStep step) {
            EntryBridge.prefetch();
            switch (step) {
                case OUTER -> outer(outer);
                case INNER -> inner(inner);
                case INNER_BY_NATIVE -> {
                    Code resolved = inner;
                    stop("a native method is about to call", EntryJvm.Stop.NATIVE);
                    inner(resolved);
                }
                case INNER_RESOLVED -> {
                    Code resolved = inner;
                    stop("is about to call", EntryJvm.Stop.JAVA);
                    inner(resolved);
                }
                case BEAR -> bear();
                case WAIT -> stop("waits", EntryJvm.Stop.WAITING);
            }
        }

        private void bear() {
            EntryJvm.Known child = jvm.people().get(1);
            Schedule.point("makes a thread");
            child.make();
            Schedule.point("starts it");
            child.start();
        }

        /** The code is that which was resolved; there is no step between the call and the frame. */
        private void outer(Code code) {
            boolean fresh = code == Code.BOTH ? JlpDispatch.enter(ID) : code == Code.NEW;
            enters(fresh);
            inner(inner);
            Schedule.point("is in the middle of the outer body");
            inner(inner);
            leaves();
        }

        private void inner(Code code) {
            boolean fresh = code == Code.BOTH ? JlpDispatch.enter(ID) : code == Code.NEW;
            enters(fresh);
            Schedule.point("is in the inner body");
            leaves();
        }

        private void enters(boolean fresh) {
            if (nest != null && nest != fresh) {
                throw new Schedule.Broken("a mixture: " + (fresh ? "a new" : "an old")
                        + " body is called by the other universe's");
            }
            if (outcome != null && outcome != fresh) {
                throw new Schedule.Broken("a body of the universe that nobody is in any more");
            }
            if (fresh != (last != null && last)) {
                switches++;
            }
            if (switches > reversals + 1) {
                throw new Schedule.Broken("more switches than reversals and one");
            }
            last = fresh;
            nest = fresh;
            depth++;
        }

        private void leaves() {
            if (--depth == 0) {
                nest = null;
            }
        }

        @Override
        void requireOnStack(boolean universe) {
            if (nest != null && nest != universe) {
                throw new Schedule.Broken(
                        "it ends, and a body of the other universe is on a stack");
            }
        }

        @Override
        public String toString() {
            return "[" + at + nest + depth + last + switches + super.toString() + "]";
        }
    }
}
