package dev.jlp.builder;

import dev.jlp.patch.Difference;
import dev.jlp.patch.Patch;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Looks for a smaller patch that still does what is wanted, by trying: delta debugging over the
 * classes that change, then over their members. Each candidate has what it needs besides.
 */
public final class Minimizer {

    /** Builds with these options. */
    public interface Build {

        /** What the build came to. */
        BuildResult with(BuildOptions options) throws BuildProblem;
    }

    /** Whether a patch does what is wanted. */
    public interface Trial {

        /** Tries it. */
        boolean isEffective(Patch patch) throws BuildProblem;
    }

    /**
     * What was found.
     *
     * @param result of the smallest build that was effective
     * @param includes globs that choose it, with the closure; none if it is the whole difference
     * @param runs how many patches were tried
     * @param complete whether the search ended; else the number of runs did
     */
    public record Minimum(BuildResult result, List<String> includes, int runs, boolean complete) {}

    private final Build build;
    private final BuildOptions options;
    private final Trial trial;
    private final int runsMax;
    private final Map<TreeSet<String>, Boolean> known = new HashMap<>();
    private BuildResult smallest;
    private List<String> includes = List.of();
    private int runs;

    private Minimizer(
            Build build, BuildOptions options, Trial trial, int runsMax, BuildResult whole) {
        this.build = build;
        this.options = options;
        this.trial = trial;
        this.runsMax = runsMax;
        this.smallest = whole;
    }

    /**
     * Finds a smallest patch; one that can't be built at all is returned as it is.
     *
     * @throws BuildProblem if not even the whole patch is effective
     */
    public static Minimum find(Build build, BuildOptions options, Trial trial, int runsMax)
            throws BuildProblem {
        BuildResult whole = build.with(options);
        if (whole.patch().isEmpty()) {
            return new Minimum(whole, List.of(), 0, true);
        }
        Minimizer minimizer = new Minimizer(build, options, trial, runsMax, whole);
        minimizer.runs++;
        if (!trial.isEffective(whole.patch().get())) {
            throw new BuildProblem("the whole patch is not effective, so no part of it was tried");
        }
        minimizer.reduce(minimizer.names(Minimizer::type));
        minimizer.reduce(minimizer.names(Minimizer::member));
        return new Minimum(
                minimizer.smallest, minimizer.includes, minimizer.runs, minimizer.runs < runsMax);
    }

    /** What the smallest patch so far does, by these names. */
    private List<String> names(Function<Difference, String> name) {
        TreeSet<String> names = new TreeSet<>();
        for (Difference change : smallest.differences()) {
            if (change.taken()) {
                names.add(name.apply(change));
            }
        }
        return new ArrayList<>(names);
    }

    private static String type(Difference change) {
        return change.className().replace('/', '.');
    }

    private static String member(Difference change) {
        String member = change.member();
        int end = member.indexOf('(');
        String plain = end < 0 ? member : member.substring(0, end);
        return plain.isEmpty() ? type(change) : type(change) + "." + plain;
    }

    /** Zeller's ddmin: ever smaller parts, each alone and all but each. */
    private void reduce(List<String> all) throws BuildProblem {
        List<String> kept = all;
        int parts = 2;
        while (kept.size() > 1 && runs < runsMax) {
            List<String> smaller = smaller(kept, parts);
            if (smaller.size() < kept.size()) {
                parts = Math.max(2, smaller.size() < kept.size() / 2 ? 2 : parts - 1);
                kept = smaller;
            } else if (parts < kept.size()) {
                parts = Math.min(kept.size(), parts * 2);
            } else {
                return;
            }
        }
    }

    private List<String> smaller(List<String> kept, int parts) throws BuildProblem {
        List<List<String>> pieces = new ArrayList<>();
        for (int i = 0; i < parts; i++) {
            int from = kept.size() * i / parts;
            pieces.add(kept.subList(from, kept.size() * (i + 1) / parts));
        }
        for (List<String> piece : pieces) {
            if (isEffective(piece)) {
                return piece;
            }
        }
        for (List<String> piece : pieces) {
            List<String> others = new ArrayList<>(kept);
            others.removeAll(piece);
            if (parts > 2 && isEffective(others)) {
                return others;
            }
        }
        return kept;
    }

    private boolean isEffective(List<String> chosen) throws BuildProblem {
        if (chosen.isEmpty() || runs >= runsMax) {
            return false;
        }
        TreeSet<String> key = new TreeSet<>(chosen);
        Boolean before = known.get(key);
        if (before != null) {
            return before;
        }
        boolean effective = attempt(List.copyOf(key));
        known.put(key, effective);
        return effective;
    }

    private boolean attempt(List<String> chosen) throws BuildProblem {
        BuildResult part =
                build.with(options.including(chosen.toArray(String[]::new)).withClosure(true));
        if (part.patch().isEmpty()) {
            return false;
        }
        runs++;
        if (!trial.isEffective(part.patch().get())) {
            return false;
        }
        smallest = part;
        includes = chosen;
        return true;
    }
}
