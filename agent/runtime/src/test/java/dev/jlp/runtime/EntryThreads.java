package dev.jlp.runtime;

import java.util.List;

/** The JVM's lists of threads, in a small world: each class is loaded under the name that it stands for. */
final class EntryThreads {

    private EntryThreads() {}

    /** {@link PlatformThreads}. */
    static final class Platform {

        Platform() {}

        Thread[] all() {
            Schedule.point("lists the threads");
            Thread[] listed = EntryJvm.current.listed();
            Schedule.observed(listed.length);
            return listed;
        }
    }

    /** {@link VirtualThreads}: there are none. */
    static final class Virtual {

        private Virtual() {}

        static Virtual find() {
            return new Virtual();
        }

        List<Thread> all() {
            return List.of();
        }

        static boolean isVirtual(Thread thread) {
            return false;
        }
    }

    /** {@link ThreadFacts}. */
    static final class Facts {

        private Facts() {}

        static Thread.State state(Thread thread) {
            return EntryJvm.current.of(thread).waits()
                    ? Thread.State.WAITING
                    : Thread.State.RUNNABLE;
        }
    }
}
