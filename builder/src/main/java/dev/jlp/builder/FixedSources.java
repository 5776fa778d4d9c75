package dev.jlp.builder;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The files that a diff changes, before and after it.
 *
 * @param before texts by their path among the sources
 * @param after likewise; a removed file is missing
 * @param notes what of the diff is left out, a sentence each
 */
record FixedSources(
        SortedMap<String, String> before, SortedMap<String, String> after, List<String> notes) {

    static FixedSources of(SourceTree sources, List<SourceDiff> diff, boolean takable)
            throws BuildProblem {
        FixedSources fixed = new FixedSources(new TreeMap<>(), new TreeMap<>(), new ArrayList<>());
        for (SourceDiff file : diff) {
            fixed.add(sources, file, takable);
        }
        if (fixed.before.isEmpty() && fixed.after.isEmpty()) {
            throw new BuildProblem("the diff changes no source of '" + sources.label() + "'");
        }
        return fixed;
    }

    private void add(SourceTree sources, SourceDiff file, boolean takable) throws BuildProblem {
        String place = file.added() ? "" : sources.find(file.path());
        if (!file.isJava()) {
            notes.add("the diff changes '" + file.path() + "', which is no Java source; a patch"
                    + " leaves it as it is");
        } else if (place.isEmpty() && file.isTest()) {
            notes.add("the diff's test '" + file.path() + "' is left out");
        } else if (file.added()) {
            String text = file.apply("");
            after.put(SourceTree.place(file.path(), text), text);
        } else if (!place.isEmpty()) {
            String text = sources.files().getOrDefault(place, "");
            before.put(place, text);
            String changed = file.apply(text);
            if (!file.removed()) {
                after.put(place, changed);
            }
        } else if (takable) {
            notes.add("left out: '" + file.path() + "', which '" + sources.label()
                    + "' does not have");
        } else {
            throw new BuildProblem("the diff changes '" + file.path() + "', which '"
                    + sources.label() + "' does not have; '--takable' leaves it out");
        }
    }

    /** Takes files along that do not change, but may compile to something else. */
    boolean alsoCompile(SortedMap<String, String> others) {
        boolean more = false;
        for (String path : others.keySet()) {
            if (!before.containsKey(path) && !after.containsKey(path)) {
                String text = others.getOrDefault(path, "");
                before.put(path, text);
                after.put(path, text);
                more = true;
            }
        }
        return more;
    }
}
