package dev.jlp.api;

import org.jspecify.annotations.Nullable;

import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;

/** What is attached to an object, which it does not keep alive. */
abstract class ShadowEntry extends WeakReference<@Nullable Object> {

    /** The object's identity hash. */
    final int hash;

    ShadowEntry(Object target, ReferenceQueue<Object> gone) {
        super(target, gone);
        hash = System.identityHashCode(target);
    }

    /** Lets what is attached go: the object was collected. */
    abstract void drop();
}
