package dev.jlp.runtime;

import org.jspecify.annotations.Nullable;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** All virtual threads of the JVM; on 17 there are none. */
final class VirtualThreads {

    private final @Nullable MethodHandle root;
    private final @Nullable MethodHandle children;
    private final @Nullable MethodHandle threads;

    private VirtualThreads(
            @Nullable MethodHandle root,
            @Nullable MethodHandle children,
            @Nullable MethodHandle threads) {
        this.root = root;
        this.children = children;
        this.threads = threads;
    }

    /** By the JDK's own containers, which thread dumps use as well. */
    static VirtualThreads find() throws ReflectiveOperationException {
        if (Jvm.feature() < 21) {
            return new VirtualThreads(null, null, null);
        }
        Class<?> container = Class.forName("jdk.internal.vm.ThreadContainer");
        Class<?> containers = Class.forName("jdk.internal.vm.ThreadContainers");
        MethodHandles.Lookup inside =
                MethodHandles.privateLookupIn(containers, MethodHandles.lookup());
        return new VirtualThreads(
                inside.findStatic(containers, "root", MethodType.methodType(container)),
                inside.findVirtual(container, "children", MethodType.methodType(Stream.class)),
                inside.findVirtual(container, "threads", MethodType.methodType(Stream.class)));
    }

    /** Every live virtual thread that the JVM tracks. */
    List<Thread> all() {
        List<Thread> found = new ArrayList<>();
        if (root != null) {
            try {
                addAll(root.invoke(), found);
            } catch (RuntimeException | Error e) {
                throw e;
            } catch (Throwable e) {
                throw new IllegalStateException("virtual threads can't be listed", e);
            }
        }
        return found;
    }

    private void addAll(Object container, List<Thread> found) throws Throwable {
        if (threads == null || children == null) {
            return;
        }
        Stream<?> mine = (Stream<?>) threads.invoke(container);
        mine.map(Thread.class::cast).filter(VirtualThreads::isVirtual).forEach(found::add);
        for (Object child : ((Stream<?>) children.invoke(container)).toList()) {
            addAll(child, found);
        }
    }

    /** {@code Thread.isVirtual} came with 21. */
    static boolean isVirtual(Thread thread) {
        return Jvm.feature() >= 21
                && thread.getClass().getName().startsWith("java.lang.")
                && !(thread.getClass() == Thread.class)
                && isVirtualClass(thread.getClass());
    }

    private static boolean isVirtualClass(Class<?> type) {
        for (Class<?> each = type; each != null; each = each.getSuperclass()) {
            if (each.getName().equals("java.lang.BaseVirtualThread")) {
                return true;
            }
        }
        return false;
    }
}
