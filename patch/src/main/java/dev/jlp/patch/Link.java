package dev.jlp.patch;

/**
 * Something that a new body names and that must be there in the loader it is patched into.
 *
 * @param kind what is named
 * @param owner internal name of the class that is named, or whose member is named
 * @param name the member; empty for a class
 * @param descriptor the member's descriptor; empty for a class
 */
public record Link(Kind kind, String owner, String name, String descriptor) {

    /** How a body names it; static and instance members do not resolve to each other. */
    public enum Kind {
        CLASS,
        FIELD,
        STATIC_FIELD,
        METHOD,
        STATIC_METHOD
    }

    @Override
    public String toString() {
        return kind == Kind.CLASS ? owner : owner + "." + name + descriptor;
    }
}
