package dev.jlp.patch;

import java.util.List;

/**
 * One class of a target with its changed methods.
 *
 * @param name internal name, with slashes
 * @param before the whole class file as released with the flaw
 * @param after a class file whose methods {@code methods} carry the new bodies. It has exactly the
 *     members of {@code before}, under their names there (matched lambdas are renamed back), so
 *     that stock redefinition accepts it
 * @param methods in the order of their ids, at least one
 * @param fixed fingerprint of the class as the fixed release has it: a loader that holds it has the fix by
 *     itself. Empty if the class does not tell the releases apart, or the patch is older than this
 */
@SuppressWarnings("ArrayRecordComponent") // class files; compared by nobody
public record ClassPatch(
        String name, byte[] before, byte[] after, List<MethodPatch> methods, String fixed) {

    /** Whether a loader that holds the class shows by it which release it has. */
    public boolean tellsReleases() {
        return !fixed.isEmpty();
    }
}
