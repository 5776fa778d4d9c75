package dev.jlp.runtime;

import dev.jlp.bridge.JlpThreadIds;
import dev.jlp.engine.Look;

import org.jspecify.annotations.Nullable;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** All platform threads of the JVM, and looks at them: state and whole stack at one safepoint. */
final class PlatformThreads {

    /** Threads of the JVM itself that wait in the VM and call nothing but methods of the JDK. */
    private static final Set<String> SYSTEM =
            Set.of("Signal Dispatcher", "Attach Listener", "Notification Thread", "DestroyJavaVM");

    private static final int WARM_UP_LOOKS = 3;

    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    private final MethodHandle list;
    private final boolean cpuTime;
    private boolean warm;

    PlatformThreads() throws ReflectiveOperationException {
        list = MethodHandles.privateLookupIn(Thread.class, MethodHandles.lookup())
                .findStatic(Thread.class, "getThreads", MethodType.methodType(Thread[].class));
        cpuTime = threads.isThreadCpuTimeSupported() && threads.isThreadCpuTimeEnabled();
    }

    /** The first look loads classes and compiles nothing yet: it is taken where it costs nobody a pause. */
    void warmUp() {
        if (warm) {
            return;
        }
        warm = true;
        Thread self = Thread.currentThread();
        for (int i = 0; i < WARM_UP_LOOKS; i++) {
            look(List.of(new Seen(self, JlpThreadIds.of(self))));
        }
    }

    /** Every live platform thread that Java code can see. */
    Thread[] all() {
        try {
            return (Thread[]) list.invokeExact();
        } catch (Throwable e) {
            throw new IllegalStateException("threads can't be listed", e);
        }
    }

    /**
     * Looks at some threads in one safepoint.
     *
     * @return in the order of the ids; null for a thread that has ended
     */
    List<@Nullable Look> look(List<Seen> batch) {
        long[] ids = new long[batch.size()];
        for (int i = 0; i < ids.length; i++) {
            ids[i] = batch.get(i).id();
        }
        long[] before = cpuTimes(ids);
        ThreadInfo[] infos = threads.getThreadInfo(ids, Integer.MAX_VALUE);
        long[] after = cpuTimes(ids);
        List<@Nullable Look> looks = new ArrayList<>();
        for (int i = 0; i < ids.length; i++) {
            ThreadInfo info = infos[i];
            looks.add(
                    info == null
                            ? null
                            : new Look(
                                    List.of(info.getStackTrace()),
                                    info.getThreadState(),
                                    before[i],
                                    after[i],
                                    false,
                                    isSystem(batch.get(i).thread())));
        }
        return looks;
    }

    private long[] cpuTimes(long[] ids) {
        long[] times = new long[ids.length];
        for (int i = 0; i < ids.length; i++) {
            times[i] = cpuTime ? threads.getThreadCpuTime(ids[i]) : -1;
        }
        return times;
    }

    private static boolean isSystem(Thread thread) {
        ThreadGroup group = thread.getThreadGroup();
        return SYSTEM.contains(thread.getName())
                && thread.getClass() == Thread.class
                && group != null
                && (group.getName().equals("system") || thread.getName().equals("DestroyJavaVM"));
    }

    /**
     * A thread and the id that the JVM knows it by.
     *
     * @param thread the thread
     * @param id see {@code JlpThreadIds}
     */
    record Seen(Thread thread, long id) {}
}
