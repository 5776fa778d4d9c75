package dev.jlp.builder;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a unified diff changes in one file, as git, Subversion and {@code diff -u} write it.
 *
 * @param path with all its folders; of a removed file the old one
 * @param added whether the file is new
 * @param removed whether it is gone
 * @param hunks in the order of the file
 */
record SourceDiff(String path, boolean added, boolean removed, List<Hunk> hunks) {

    private static final String NOWHERE = "/dev/null";
    private static final Pattern HEADER =
            Pattern.compile("@@ -(\\d{1,9})(?:,(\\d{1,9}))? \\+(\\d{1,9})(?:,(\\d{1,9}))? @@.*");
    private static final Pattern TEST =
            Pattern.compile("(^|.*/)(test|tests|it|jmh|testFixtures|integrationTest)/.*");

    /**
     * Lines that belong together.
     *
     * @param header as the diff has it
     * @param start the first line that it is about, from 1
     * @param before the lines that must be there
     * @param after what comes in their place
     */
    record Hunk(String header, int start, List<String> before, List<String> after) {}

    boolean isJava() {
        return path.endsWith(".java");
    }

    boolean isTest() {
        return TEST.matcher(path).matches();
    }

    /** The files of a diff. */
    static List<SourceDiff> parse(String text) throws BuildProblem {
        List<String> lines = lines(text);
        List<SourceDiff> files = new ArrayList<>();
        int at = 0;
        while (at < lines.size()) {
            String line = lines.get(at);
            if (line.startsWith("rename ") || line.startsWith("copy ")) {
                throw new BuildProblem("the diff renames or copies a file ('" + line
                        + "'): write it as one that is removed and one that is new");
            }
            boolean file = line.startsWith("--- ")
                    && at + 1 < lines.size()
                    && lines.get(at + 1).startsWith("+++ ");
            if (!file) {
                at++;
                continue;
            }
            String before = path(line);
            String after = path(lines.get(at + 1));
            List<Hunk> hunks = new ArrayList<>();
            at = hunks(lines, at + 2, hunks);
            files.add(new SourceDiff(
                    after.equals(NOWHERE) ? before : after,
                    before.equals(NOWHERE),
                    after.equals(NOWHERE),
                    List.copyOf(hunks)));
        }
        if (files.isEmpty()) {
            throw new BuildProblem("there is no unified diff in what was given as one");
        }
        return files;
    }

    /** The file after the diff; each hunk applies at one place as it is, or nothing does. */
    String apply(String text) throws BuildProblem {
        List<String> lines = new ArrayList<>(lines(text));
        int moved = 0;
        for (Hunk hunk : hunks) {
            int wanted = Math.max(0, hunk.start() - (hunk.before().isEmpty() ? 0 : 1)) + moved;
            int place = place(lines, hunk, wanted);
            List<String> there = lines.subList(place, place + hunk.before().size());
            there.clear();
            there.addAll(hunk.after());
            moved += place - wanted + hunk.after().size() - hunk.before().size();
        }
        return String.join("\n", lines);
    }

    private int place(List<String> lines, Hunk hunk, int wanted) throws BuildProblem {
        if (isAt(lines, hunk, wanted)) {
            return wanted;
        }
        List<Integer> places = new ArrayList<>();
        for (int at = 0; at <= lines.size() - hunk.before().size(); at++) {
            if (isAt(lines, hunk, at)) {
                places.add(at);
            }
        }
        if (places.size() != 1 || hunk.before().isEmpty()) {
            throw new BuildProblem("the hunk '" + hunk.header() + "' of '" + path
                    + "' does not apply to the sources: its lines are there "
                    + (places.isEmpty() ? "nowhere" : places.size() + " times"));
        }
        return places.get(0);
    }

    private static boolean isAt(List<String> lines, Hunk hunk, int at) {
        int end = at + hunk.before().size();
        return at >= 0 && end <= lines.size() && lines.subList(at, end).equals(hunk.before());
    }

    private static int hunks(List<String> lines, int from, List<Hunk> hunks) throws BuildProblem {
        int at = from;
        while (at < lines.size()) {
            Matcher header = HEADER.matcher(lines.get(at));
            if (!header.matches()) {
                return at;
            }
            int before = count(header.group(2));
            int after = count(header.group(4));
            Hunk hunk = new Hunk(
                    lines.get(at),
                    Integer.parseInt(header.group(1)),
                    new ArrayList<>(),
                    new ArrayList<>());
            at++;
            while (hunk.before().size() < before || hunk.after().size() < after) {
                if (at >= lines.size()) {
                    throw new BuildProblem(
                            "the hunk '" + hunk.header() + "' of the diff is cut off");
                }
                add(lines.get(at), hunk);
                at++;
            }
            while (at < lines.size() && lines.get(at).startsWith("\\")) {
                at++;
            }
            hunks.add(hunk);
        }
        return at;
    }

    private static void add(String line, Hunk hunk) throws BuildProblem {
        char sign = line.isEmpty() ? ' ' : line.charAt(0);
        String rest = line.isEmpty() ? "" : line.substring(1);
        switch (sign) {
            case ' ' -> {
                hunk.before().add(rest);
                hunk.after().add(rest);
            }
            case '-' -> hunk.before().add(rest);
            case '+' -> hunk.after().add(rest);
            case '\\' -> {
                // That the last line has no end is of no interest to a compiler.
            }
            default ->
                throw new BuildProblem("the hunk '" + hunk.header()
                        + "' of the diff is damaged at '" + line + "'");
        }
    }

    private static int count(String group) {
        return group == null ? 1 : Integer.parseInt(group);
    }

    /** Without git's {@code a/} and {@code b/}, and without what follows a tab. */
    private static String path(String line) {
        String path = line.substring(4).split("\t", 2)[0].strip();
        return path.startsWith("a/") || path.startsWith("b/") ? path.substring(2) : path;
    }

    private static List<String> lines(String text) {
        return List.of(text.replace("\r\n", "\n").split("\n", -1));
    }
}
