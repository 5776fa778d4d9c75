package dev.jlp.patch;

import java.util.List;

/**
 * One patch: what a vendor ships and an operator loads. The kernel's {@code klp_patch}.
 *
 * @param name unique within a JVM until unloaded
 * @param version ordered within the replace set
 * @param replace which active patches it replaces
 * @param replaceSet the set it belongs to
 * @param supersedes names of patches whose fixes it may drop
 * @param states changes of the running system that its callbacks make
 * @param targets in the order in which they are patched, at least one
 * @param notes what the build left out or did with care, a sentence each, for people
 * @param tool the builder's name and version
 * @param changes every difference of the releases with the verdict of the build
 */
public record Patch(
        String name,
        Version version,
        Replace replace,
        String replaceSet,
        List<String> supersedes,
        List<State> states,
        List<Target> targets,
        List<String> notes,
        String tool,
        List<Difference> changes) {

    /** Without the verdicts of the build. */
    public Patch(
            String name,
            Version version,
            Replace replace,
            String replaceSet,
            List<String> supersedes,
            List<State> states,
            List<Target> targets,
            List<String> notes,
            String tool) {
        this(
                name,
                version,
                replace,
                replaceSet,
                supersedes,
                states,
                targets,
                notes,
                tool,
                List.of());
    }
}
