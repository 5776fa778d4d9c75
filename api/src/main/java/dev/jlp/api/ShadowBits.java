package dev.jlp.api;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.lang.ref.ReferenceQueue;

/** The value of a shadow field of a primitive type, in one object. */
final class ShadowBits extends ShadowEntry {

    private static final VarHandle BITS;

    static {
        try {
            BITS = MethodHandles.lookup().findVarHandle(ShadowBits.class, "bits", long.class);
        } catch (ReflectiveOperationException impossible) {
            throw new ExceptionInInitializerError(impossible);
        }
    }

    /** Plain, as a field is that is not volatile. */
    long bits;

    ShadowBits(Object target, long bits, ReferenceQueue<Object> gone) {
        super(target, gone);
        this.bits = bits;
    }

    long getVolatile() {
        return (long) BITS.getVolatile(this);
    }

    void setVolatile(long to) {
        BITS.setVolatile(this, to);
    }

    @Override
    void drop() {}
}
