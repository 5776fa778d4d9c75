package dev.jlp.builder;

import dev.jlp.patch.MethodId;

import org.jspecify.annotations.Nullable;

/**
 * Something that a new body names and that the classes before the patch do not have.
 *
 * @param kind how it can be had
 * @param owner the class that has it, internal name; empty if it can't be had
 * @param method the method for a companion
 * @param text for people
 */
record Need(Kind kind, String owner, @Nullable MethodId method, String text) {

    /** How it can be had. */
    enum Kind {
        /** A class of the fixed release is added. */
        ADDED_CLASS,
        /** An added method lives in a class of its own beside its class. */
        COMPANION,
        /** Not at all. */
        MISSING
    }

    static Need addedClass(String name) {
        return new Need(
                Kind.ADDED_CLASS, name, null, "the new class '" + name.replace('/', '.') + "'");
    }

    static Need companion(String owner, MethodId method) {
        return new Need(
                Kind.COMPANION,
                owner,
                method,
                "the new method '" + owner.replace('/', '.') + "." + method + "'");
    }

    static Need missing(String text) {
        return new Need(Kind.MISSING, "", null, text);
    }
}
