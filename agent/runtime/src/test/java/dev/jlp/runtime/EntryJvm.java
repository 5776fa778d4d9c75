package dev.jlp.runtime;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/** The JVM of a small world: its threads, their numbers and what it shows of them. */
final class EntryJvm {

    /** Static, as the product's code finds the JVM's threads in this way, too. */
    static EntryJvm current = new EntryJvm();

    private final List<Known> people = new ArrayList<>();
    private long numbers;

    /** Where a thread stands when nothing of the product's is on its stack. */
    enum Stop {
        JAVA,
        NATIVE,
        WAITING
    }

    void add(Known person, boolean later) {
        people.add(person);
        if (!later) {
            person.number = ++numbers;
            person.started = true;
        }
    }

    List<Known> people() {
        return people;
    }

    boolean isIdle() {
        return people.stream()
                .allMatch(person -> !person.started || person.actor().isFinished());
    }

    /** The JVM's own counter. */
    long draw() {
        return ++numbers;
    }

    Known of(Thread thread) {
        return people.stream()
                .filter(person -> person.actor().thread() == thread)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("not one of ours: " + thread));
    }

    boolean isOurs(Thread thread) {
        return people.stream().anyMatch(person -> person.actor().thread() == thread);
    }

    /** Those that a list of the JVM's has. */
    Thread[] listed() {
        return people.stream()
                .filter(person -> person.started)
                .map(person -> person.actor().thread())
                .toArray(Thread[]::new);
    }

    @Override
    public String toString() {
        return "numbers " + numbers;
    }

    /** One thread as the JVM knows it. */
    abstract static class Known {

        private static final StackTraceElement NATIVE = new StackTraceElement(
                "jdk.internal.reflect.DirectMethodHandleAccessor$NativeAccessor",
                "invoke0",
                "",
                -2);
        private static final StackTraceElement WAITS =
                new StackTraceElement("java.lang.Object", "wait0", "Object.java", -2);

        @Nullable
        Object local;

        private long number;
        private boolean started;
        private Stop stop = Stop.JAVA;
        private Schedule.@Nullable Actor actor;

        void is(Schedule.Actor mine) {
            actor = mine;
        }

        Schedule.Actor actor() {
            Schedule.Actor mine = actor;
            if (mine == null) {
                throw new IllegalStateException("not begun");
            }
            return mine;
        }

        abstract void requireOnStack(boolean universe);

        boolean isStarted() {
            return started;
        }

        boolean isAlive() {
            return started;
        }

        boolean waits() {
            return stop == Stop.WAITING;
        }

        long number() {
            return number;
        }

        void make() {
            number = current.draw();
        }

        void start() {
            started = true;
        }

        /** Stands there for one step. */
        void stop(String what, Stop where) {
            stop = where;
            Schedule.point(what);
            stop = Stop.JAVA;
        }

        /** The script is over: it waits for ever. */
        void end() {
            stop = Stop.WAITING;
        }

        /** Its real stack, without what makes it stop. */
        List<StackTraceElement> trace() {
            List<StackTraceElement> frames = new ArrayList<>();
            Thread thread = actor().thread();
            if (thread != null && !actor().isFinished()) {
                for (StackTraceElement frame : thread.getStackTrace()) {
                    if (isShown(frame)) {
                        frames.add(frame);
                    }
                }
            }
            if (stop == Stop.NATIVE) {
                frames.add(0, NATIVE);
            } else if (stop == Stop.WAITING) {
                frames.add(0, WAITS);
            }
            return frames.stream().anyMatch(Known::isPatched) ? withoutLines(frames) : frames;
        }

        private static boolean isShown(StackTraceElement frame) {
            return frame.getClassName().contains(".EntryWorld")
                    || (frame.getClassName().startsWith("dev.jlp.bridge.")
                            && frame.getMethodName().equals("enter"));
        }

        private static boolean isPatched(StackTraceElement frame) {
            return frame.getMethodName().equals("outer")
                    || frame.getMethodName().equals("inner");
        }

        /** Nobody looks at lines where one of the transition's methods is on the stack: fewer states. */
        private static List<StackTraceElement> withoutLines(List<StackTraceElement> frames) {
            return frames.stream()
                    .map(frame -> new StackTraceElement(
                            frame.getClassName(), frame.getMethodName(), "", -1))
                    .toList();
        }

        @Override
        public String toString() {
            StringBuilder text = new StringBuilder(" " + number + started + stop);
            Fingerprint.add(text, local);
            return text.toString();
        }
    }
}
