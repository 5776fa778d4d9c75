package dev.jlp.weaver;

import dev.jlp.patch.MethodId;

/**
 * What one method of a class shall be: one body, or both during a transition.
 *
 * @param method which method
 * @param oldBody a class file that holds the body for threads in the old universe
 * @param newBody a class file that holds the body for threads in the new universe
 * @param armed whether the body asks for the universe; true also for a quiesce method, whose bodies
 *     are the same
 */
@SuppressWarnings("ArrayRecordComponent") // class files
public record Weave(MethodId method, byte[] oldBody, byte[] newBody, boolean armed) {

    /** One body for everybody. */
    public static Weave single(MethodId method, byte[] body) {
        return new Weave(method, body, body, false);
    }

    /** Both bodies, and the choice between them. */
    public static Weave both(MethodId method, byte[] oldBody, byte[] newBody) {
        return new Weave(method, oldBody, newBody, true);
    }
}
