package dev.jlp.patch;

/**
 * One difference between the two releases and what the build made of it: for people, no part of what
 * is loaded.
 *
 * @param target name of the target; it need not be one of the patch, if nothing of it is taken
 * @param className internal name
 * @param member method or field with its descriptor; empty for the class itself
 * @param kind what differs, such as {@code body} or {@code added-field}
 * @param verdict whether a patch can do it
 * @param taken whether this patch does it
 * @param reason a sentence for people
 */
public record Difference(
        String target,
        String className,
        String member,
        String kind,
        Verdict verdict,
        boolean taken,
        String reason) {

    /** Whether a patch can do it. */
    public enum Verdict {
        DONE("done"),
        DONE_WITH_CARE("done with care"),
        NEEDS_CALLBACK("needs a callback"),
        REFUSED("refused");

        private final String word;

        Verdict(String word) {
            this.word = word;
        }

        /** As people and documents have it. */
        public String word() {
            return word;
        }

        boolean canBeTaken() {
            return this == DONE || this == DONE_WITH_CARE;
        }
    }
}
