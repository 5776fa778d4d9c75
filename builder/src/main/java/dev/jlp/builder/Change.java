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
        BODY,
        ACCESS,
        ADDED_METHOD,
        REMOVED_METHOD,
        REMOVED_OVERRIDE,
        STATIC_INITIALISER,
        ADDED_FIELD,
        REMOVED_FIELD,
        FIELD,
        CONSTANT,
        HIERARCHY,
        CLASS_ATTRIBUTES,
        ADDED_CLASS,
        REMOVED_CLASS,
        /** Not in the releases themselves: a body names something that will not be there. */
        LINK
    }

    /** Whether a patch can do it. */
    public enum Verdict {
        DONE,
        DONE_WITH_CARE,
        /** What is missing is not code of the release: the author has to say what to do. */
        NEEDS_CALLBACK,
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
