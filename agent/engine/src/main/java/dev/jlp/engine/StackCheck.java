package dev.jlp.engine;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Judges looks at other threads' stacks: unsure means no. Why one clean trace may not be enough:
 * {@code docs/concurrency.md}, section 2. Kernel counterpart: {@code klp_check_stack}.
 */
public final class StackCheck {

    /** CPU time between two looks that proves that a thread has left the place of the first. */
    private static final long RAN_ON_NANOS = 10_000_000;

    /** Native methods in which a thread only waits and from which it only returns: no call into Java. */
    private static final Set<String> WAITS = Set.of(
            "jdk.internal.misc.Unsafe.park",
            "java.lang.Object.wait",
            "java.lang.Object.wait0",
            "java.lang.Thread.sleep",
            "java.lang.Thread.sleep0",
            "java.lang.Thread.sleepNanos0",
            "java.lang.VirtualThread.takeVirtualThreadListToUnblock",
            "java.lang.ref.Reference.waitForReferencePendingList",
            "java.lang.ProcessHandleImpl.waitForProcessExit0",
            "java.io.FileInputStream.read0",
            "java.io.FileInputStream.readBytes",
            "java.io.FileInputStream.readBytes0",
            "sun.nio.ch.EPoll.wait",
            "sun.nio.ch.FileDispatcherImpl.read0",
            "sun.nio.ch.FileDispatcherImpl.pread0",
            "sun.nio.ch.FileDispatcherImpl.readv0",
            "sun.nio.ch.UnixFileDispatcherImpl.read0",
            "sun.nio.ch.UnixFileDispatcherImpl.pread0",
            "sun.nio.ch.UnixFileDispatcherImpl.readv0",
            "sun.nio.ch.SocketDispatcher.read0",
            "sun.nio.ch.SocketDispatcher.readv0",
            "sun.nio.ch.UnixDispatcher.read0",
            "sun.nio.ch.DatagramDispatcher.read0",
            "sun.nio.ch.DatagramChannelImpl.receive0",
            "sun.nio.ch.Net.accept",
            "sun.nio.ch.Net.poll",
            "sun.nio.ch.UnixDomainSockets.accept0",
            "io.netty.channel.epoll.Native.epollWait",
            "io.netty.channel.epoll.Native.epollWait0");

    /** Their native methods load and initialise classes and call nothing afterwards. */
    private static final Set<String> LOADERS =
            Set.of("java.lang.Class", "java.lang.ClassLoader", "jdk.internal.misc.Unsafe");

    /** How an unmounted virtual thread's stack begins. */
    private static final Set<String> YIELDS = Set.of(
            "java.lang.VirtualThread.park",
            "java.lang.VirtualThread.parkNanos",
            "java.lang.VirtualThread.parkOnCarrierThread",
            "java.lang.VirtualThread.yieldContinuation",
            "java.lang.VirtualThread.tryYield",
            "jdk.internal.vm.Continuation.yield",
            "jdk.internal.vm.Continuation.yield0");

    private final Predicate<StackTraceElement> affected;
    private final int depthLimit;

    /**
     * A check for one transition.
     *
     * @param affected whether a frame may be one of its methods
     * @param depthLimit length at which traces of this JVM may be cut off without saying so
     */
    public StackCheck(Predicate<StackTraceElement> affected, int depthLimit) {
        this.affected = affected;
        this.depthLimit = depthLimit;
    }

    /**
     * Judges one thread.
     *
     * @param first the first clean look at it in this epoch, if there was one
     * @param now the look to judge
     */
    public Finding judge(@Nullable Look first, Look now) {
        for (StackTraceElement frame : now.frames()) {
            if (affected.test(frame)) {
                return Finding.onStack(frame);
            }
        }
        if (holdsMethod(now.frames())) {
            return Finding.unsure(
                    "a native call on its stack is initialising or loading a class and may have a method in hand");
        }
        if (now.frames().isEmpty()) {
            return now.systemThread() ? Finding.clear() : Finding.unsure("its trace is empty");
        }
        if (now.frames().size() == depthLimit) {
            return Finding.unsure("its trace may be cut off at " + depthLimit + " frames");
        }
        if (onlyWaits(now) || hasRunOn(first, now)) {
            return Finding.clear();
        }
        StackTraceElement top = now.frames().get(0);
        String where = "'" + top.getClassName() + "." + top.getMethodName() + "'";
        return Finding.unsure(
                top.isNativeMethod()
                        ? "it is in the native method " + where + ", which may be calling a method"
                        : "it has not run on since it was seen in " + where);
    }

    /** The native accessor resolves its method first and initialises the class then (T15). */
    private static boolean holdsMethod(List<StackTraceElement> frames) {
        for (int i = 1; i < frames.size(); i++) {
            StackTraceElement frame = frames.get(i);
            String above = frames.get(i - 1).getMethodName();
            boolean calledByVm = above.equals("<clinit>") || above.equals("loadClass");
            if (calledByVm && frame.isNativeMethod() && !LOADERS.contains(frame.getClassName())) {
                return true;
            }
        }
        return false;
    }

    private static boolean onlyWaits(Look look) {
        if (look.state() == Thread.State.BLOCKED) {
            return true;
        }
        StackTraceElement top = look.frames().get(0);
        String where = top.getClassName() + "." + top.getMethodName();
        return (WAITS.contains(where) && top.isNativeMethod())
                || (look.virtual() && YIELDS.contains(where));
    }

    private static boolean hasRunOn(@Nullable Look first, Look now) {
        if (first == null) {
            return false;
        }
        boolean counted = first.cpuNanosAfter() >= 0
                && now.cpuNanosBefore() - first.cpuNanosAfter() >= RAN_ON_NANOS;
        return (counted && !inUncheckedNative(now)) || differs(first.frames(), now.frames());
    }

    /** Running in native code proves nothing: the call into Java may be about to come. */
    private static boolean inUncheckedNative(Look look) {
        return look.frames().get(0).isNativeMethod();
    }

    /** A redefinition drops lines, so a line that is gone is no difference (T24). */
    private static boolean differs(List<StackTraceElement> first, List<StackTraceElement> now) {
        if (first.size() != now.size()) {
            return true;
        }
        for (int i = 0; i < now.size(); i++) {
            StackTraceElement a = first.get(i);
            StackTraceElement b = now.get(i);
            boolean sameMethod = a.getClassName().equals(b.getClassName())
                    && a.getMethodName().equals(b.getMethodName());
            boolean bothLines = a.getLineNumber() >= 0 && b.getLineNumber() >= 0;
            if (!sameMethod || (bothLines && a.getLineNumber() != b.getLineNumber())) {
                return true;
            }
        }
        return false;
    }
}
