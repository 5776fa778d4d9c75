package dev.jlp.weaver;

import dev.jlp.patch.MethodId;

/**
 * What one method of a class shall be: one body, or both during a transition.
 *
 * @param method which method
 * @param oldBody a class file that holds the body for threads in the old universe
 * @param newBody a class file that holds the body for threads in the new universe; the same array as
 *     {@code oldBody} if there is no choice
 */
@SuppressWarnings("ArrayRecordComponent") // class files, compared by identity on purpose
public record Weave(MethodId method, byte[] oldBody, byte[] newBody) {

    /** One body for everybody. */
    public static Weave single(MethodId method, byte[] body) {
        return new Weave(method, body, body);
    }

    boolean isSingle() {
        return oldBody == newBody;
    }
}
