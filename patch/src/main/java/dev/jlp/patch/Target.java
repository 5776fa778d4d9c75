package dev.jlp.patch;

import java.util.List;

/**
 * One original artifact that the patch changes: the kernel's {@code klp_object}.
 *
 * @param name {@code group:artifact}, the jar's base name, or {@code java.base}
 * @param original the release with the flaw
 * @param fixed the release without it
 * @param classes changed classes in the order of their names
 * @param added new classes in the order in which they can be defined (supertypes first)
 * @param callbacks what runs beside the change of code, in this order, and what it needs
 */
public record Target(
        String name,
        Provenance original,
        Provenance fixed,
        List<ClassPatch> classes,
        List<AddedClass> added,
        List<CallbackClass> callbacks) {

    /** Without callbacks. */
    public Target(
            String name,
            Provenance original,
            Provenance fixed,
            List<ClassPatch> classes,
            List<AddedClass> added) {
        this(name, original, fixed, classes, added, List.of());
    }

    /**
     * Where class files came from.
     *
     * @param artifact coordinates or file name
     * @param sha256 of the jar, in hex
     */
    public record Provenance(String artifact, String sha256) {}
}
