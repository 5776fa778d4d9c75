package dev.jlp.bridge;

import org.jspecify.annotations.Nullable;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/** The JVM's own thread ids: {@code Thread.getId} can be overridden, so on 17 it may lie. */
public final class JlpThreadIds {

    /** The field behind every id; null only where {@code java.lang} is closed to this class. */
    private static final @Nullable VarHandle TID = tid();

    private JlpThreadIds() {}

    /** The id of a thread: unique in the JVM's life and drawn from one growing counter. */
    @SuppressWarnings("deprecation") // Thread.getId: its final successor came with 19
    public static long of(Thread thread) {
        return TID == null ? thread.getId() : (long) TID.get(thread);
    }

    /** Whether ids come from the field; else a thread that overrides {@code getId} is looked at in vain. */
    public static boolean exact() {
        return TID != null;
    }

    private static @Nullable VarHandle tid() {
        try {
            return MethodHandles.privateLookupIn(Thread.class, MethodHandles.lookup())
                    .findVarHandle(Thread.class, "tid", long.class);
        } catch (ReflectiveOperationException closed) {
            return null;
        }
    }
}
