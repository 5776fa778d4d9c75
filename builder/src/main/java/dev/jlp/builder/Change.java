package dev.jlp.builder;

/**
 * One difference between the two releases and what becomes of it.
 *
 * @param target name of the target
 * @param className internal name
 * @param member method or field with its descriptor; empty for the class itself
 * @param kind what differs
 * @param verdict whether a patch can do it
 * @param taken whether the patch that was built does it
 * @param reason a sentence for people
 */
public record Change(
        String target,
        String className,
        String member,
        Kind kind,
        Verdict verdict,
        boolean taken,
        String reason) {

    /** What differs. */
    public enum Kind {
        /** What a method does. */
        BODY,
        /** A method's flags: who may call it, {@code synchronized}, {@code native}, {@code abstract}. */
        ACCESS,
        /** A method that the original does not have, or not with a body, or not in that class. */
        ADDED_METHOD,
        /** A method that the fixed release does not have. */
        REMOVED_METHOD,
        /** A method that is gone, so that calls find the inherited one. */
        REMOVED_OVERRIDE,
        /** What is done when the class is initialised, which it may have been long ago. */
        STATIC_INITIALISER,
        /** A field that the original does not have. */
        ADDED_FIELD,
        /** A field that the fixed release does not have. */
        REMOVED_FIELD,
        /** Other flags, annotations or first values of a field that both releases have. */
        FIELD,
        /** Another value of a constant, which compilers copy to where it is read. */
        CONSTANT,
        /** Superclass and interfaces. */
        HIERARCHY,
        /** Flags, annotations and what else reflection reads of a class or of a method without a body. */
        CLASS_ATTRIBUTES,
        /** A class that the original does not have. */
        ADDED_CLASS,
        /** A class that the fixed release does not have. */
        REMOVED_CLASS,
        /** Not in the releases themselves: a body names something that will not be there. */
        LINK
    }

    /** Whether a patch can do it. */
    public enum Verdict {
        /** As the fixed release has it. */
        DONE,
        /** With a difference to the fixed release, which the reason names. */
        DONE_WITH_CARE,
        /** What is missing is not code of the release: the author has to say what to do. */
        NEEDS_CALLBACK,
        /** No patch can do it: no artifact is written that contains it. */
        REFUSED
    }

    /** The same change, with the choice that was made. */
    Change taken(boolean chosen) {
        return new Change(target, className, member, kind, verdict, chosen, reason);
    }

    /** The same change, which could be done but was not chosen. */
    Change leftOut() {
        return new Change(
                target, className, member, kind, verdict, false, reason + ", but it is not taken");
    }

    /** Class and member as people write them. */
    public String subject() {
        String dotted = className.replace('/', '.');
        return member.isEmpty() ? dotted : dotted + "." + member;
    }

    @Override
    public String toString() {
        return subject() + ": " + reason;
    }
}
