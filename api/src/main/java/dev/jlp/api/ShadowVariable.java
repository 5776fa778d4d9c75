package dev.jlp.api;

import org.jspecify.annotations.Nullable;

import java.lang.ref.ReferenceQueue;

/** A value and the object that it is attached to, which it does not keep alive. */
final class ShadowVariable<T> extends ShadowEntry {

    /** Null once it is freed or its parent is gone; never before. Written under the table's lock. */
    volatile @Nullable T value;

    ShadowVariable(Object parent, T value, ReferenceQueue<Object> gone) {
        super(parent, gone);
        this.value = value;
    }

    @Override
    void drop() {
        value = null;
    }
}
