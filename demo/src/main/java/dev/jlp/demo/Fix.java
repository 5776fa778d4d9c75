package dev.jlp.demo;

import java.util.ArrayList;
import java.util.List;

/** Releases with a hole, and those that close it: whole, nothing is selected by hand. */
enum Fix {
    /** Some classes need what a JVM does not take: the builder leaves them out, and says which. */
    LOG4J(
            "log4j-2021-44228",
            "2.14.1",
            "2.17.1",
            "org.apache.logging.log4j:log4j-core org.apache.logging.log4j:log4j-api") {
        @Override
        boolean leavesOut() {
            return true;
        }
    },
    TEXT("commons-text-2022-42889", "1.9", "1.10.0", "org.apache.commons:commons-text"),
    H2("h2-2021-42392", "2.0.204", "2.0.206", "com.h2database:h2");

    private final String patch;
    private final String original;
    private final String fixed;
    private final String artifacts;

    /** The artifacts have blanks between them. */
    Fix(String patch, String original, String fixed, String artifacts) {
        this.patch = patch;
        this.original = original;
        this.fixed = fixed;
        this.artifacts = artifacts;
    }

    /** The patch's name. */
    String patch() {
        return patch;
    }

    String file() {
        return patch + ".jlp";
    }

    /** Whether the patch can't be the whole difference. */
    boolean leavesOut() {
        return false;
    }

    /** How an operator asks for the patch to be built into the file. */
    List<String> build(String file) {
        List<String> command = new ArrayList<>(List.of("build"));
        for (String artifact : artifacts.split(" ", -1)) {
            command.addAll(List.of("--original", artifact + ":" + original));
            command.addAll(List.of("--fixed", artifact + ":" + fixed));
        }
        if (leavesOut()) {
            command.add("--takable");
        }
        command.addAll(List.of("--name", patch, "-o", file));
        return command;
    }

    /** The release that is patched, as the page names it. */
    String release() {
        String first = artifacts.split(" ", -1)[0];
        return first.substring(first.indexOf(':') + 1) + " " + original;
    }

    @Override
    public String toString() {
        return release() + " → " + fixed;
    }
}
