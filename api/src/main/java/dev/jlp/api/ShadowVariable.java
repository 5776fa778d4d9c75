package dev.jlp.api;

import org.jspecify.annotations.Nullable;

import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;

/** A value and the object that it is attached to, which it does not keep alive. */
final class ShadowVariable<T> extends WeakReference<Object> {

    /** The parent's identity hash. */
    final int hash;

    /** Null once it is freed or its parent is gone; never before. Written under the table's lock. */
    volatile @Nullable T value;

    ShadowVariable(Object parent, int hash, T value, ReferenceQueue<Object> gone) {
        super(parent, gone);
        this.hash = hash;
        this.value = value;
    }
}
