package dev.jlp.coverage;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;

/**
 * What was asked for on the command line.
 *
 * @param only pairs by id; none for all
 * @param jdks feature versions; none for all that are there
 */
record Options(List<String> only, List<Integer> jdks, boolean force, Mode mode) {

    static final String USAGE =
            "coverage/run [--build-only | --reasons | --differential | --release-tests | --document] [--only ID...] [--jdk VERSION]... [--force]";

    /** How much to do. */
    enum Mode {
        /** Build and try, then write the document. */
        ALL,
        /** Build in one JVM and count the reasons. */
        BUILD_ONLY,
        /** Count the reasons of the last builds. */
        REASONS,
        /** Call patched libraries at random, then write the document about that. */
        DIFFERENTIAL,
        /** Run the fixed releases' own tests, then write the same document. */
        RELEASE_TESTS,
        /** Write the documents from the results that are there. */
        DOCUMENT
    }

    static Options of(String... arguments) {
        List<String> only = new ArrayList<>();
        List<Integer> jdks = new ArrayList<>();
        boolean force = false;
        Mode mode = Mode.ALL;
        boolean naming = false;
        for (Iterator<String> words = Arrays.asList(arguments).iterator(); words.hasNext(); ) {
            String word = words.next();
            boolean option = word.startsWith("--");
            if (!option && naming) {
                only.add(word);
                continue;
            }
            naming = word.equals("--only");
            switch (word) {
                case "--only" -> {}
                case "--force" -> force = true;
                case "--jdk" -> jdks.add(number(words));
                case "--build-only" -> mode = Mode.BUILD_ONLY;
                case "--differential" -> mode = Mode.DIFFERENTIAL;
                case "--release-tests" -> mode = Mode.RELEASE_TESTS;
                case "--reasons" -> mode = Mode.REASONS;
                case "--document" -> mode = Mode.DOCUMENT;
                default -> throw new IllegalArgumentException("'" + word + "' is no option");
            }
        }
        return new Options(List.copyOf(only), List.copyOf(jdks), force, mode);
    }

    private static Integer number(Iterator<String> words) {
        if (!words.hasNext()) {
            throw new IllegalArgumentException("--jdk takes a version");
        }
        return Integer.valueOf(words.next());
    }
}
