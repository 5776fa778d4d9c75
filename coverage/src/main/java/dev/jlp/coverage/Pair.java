package dev.jlp.coverage;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A release with a hole and the first one without it.
 *
 * @param id artifact and first CVE number
 * @param cves the holes
 * @param artifact {@code group:artifact}
 * @param vulnerable the version with the hole
 * @param fixed the version without it
 * @param demo simple name of the demonstration; empty if there is none
 * @param dependencies coordinates that the demonstration needs beside the release
 * @param fixedDependencies the same for the fixed release, if the fix needs them patched, too
 * @param minimal internal names of the classes that make the smallest fix, if it is known
 * @param anew static caches, {@code Class.field}, in which the library keeps what its old code has made
 */
record Pair(
        String id,
        List<String> cves,
        String artifact,
        String vulnerable,
        String fixed,
        String demo,
        List<String> dependencies,
        List<String> fixedDependencies,
        List<String> minimal,
        List<String> anew) {

    String original() {
        return artifact + ":" + vulnerable;
    }

    String repaired() {
        return artifact + ":" + fixed;
    }

    boolean hasDemo() {
        return !demo.isEmpty();
    }

    boolean hasMinimal() {
        return !minimal.isEmpty();
    }

    /** Everything that Maven has to bring. */
    Set<String> coordinates() {
        Set<String> all = new LinkedHashSet<>(List.of(original(), repaired()));
        all.addAll(dependencies);
        all.addAll(fixedDependencies);
        return all;
    }

    /** The class path of the demonstration on the release with the hole. */
    List<String> vulnerablePath() {
        List<String> path = new ArrayList<>(List.of(original()));
        path.addAll(dependencies);
        return path;
    }

    /** The same on the release without it. */
    List<String> fixedPath() {
        List<String> path = new ArrayList<>(List.of(repaired()));
        path.addAll(fixedDependencies.isEmpty() ? dependencies : fixedDependencies);
        return path;
    }

    /** Original and fixed coordinates of all that a patch changes. */
    List<String[]> releases() {
        List<String[]> releases = new ArrayList<>();
        releases.add(new String[] {original(), repaired()});
        for (int i = 0; i < fixedDependencies.size(); i++) {
            releases.add(new String[] {dependencies.get(i), fixedDependencies.get(i)});
        }
        return releases;
    }
}
