package dev.jlp.runtime;

import org.jspecify.annotations.Nullable;

/**
 * One target in one loader: patched whole or not at all.
 *
 * @param target its name
 * @param loader where its classes are
 */
record Instance(String target, LoaderRef loader) {

    static Instance of(String target, @Nullable ClassLoader loader) {
        return new Instance(target, LoaderRef.of(loader));
    }
}
