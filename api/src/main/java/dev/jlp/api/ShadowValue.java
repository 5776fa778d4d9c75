package dev.jlp.api;

import org.jspecify.annotations.Nullable;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.lang.ref.ReferenceQueue;

/** The value of a shadow field of a reference type, in one object. */
final class ShadowValue extends ShadowEntry {

    private static final VarHandle VALUE;

    static {
        try {
            VALUE = MethodHandles.lookup().findVarHandle(ShadowValue.class, "value", Object.class);
        } catch (ReflectiveOperationException impossible) {
            throw new ExceptionInInitializerError(impossible);
        }
    }

    /** Plain, as a field is that is not volatile. */
    @Nullable
    Object value;

    ShadowValue(Object target, @Nullable Object value, ReferenceQueue<Object> gone) {
        super(target, gone);
        this.value = value;
    }

    @Nullable
    Object getVolatile() {
        return VALUE.getVolatile(this);
    }

    void setVolatile(@Nullable Object to) {
        VALUE.setVolatile(this, to);
    }

    @Override
    void drop() {
        value = null;
    }
}
