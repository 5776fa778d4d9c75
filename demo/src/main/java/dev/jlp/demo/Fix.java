package dev.jlp.demo;

import java.util.List;

/** A release with a hole, the release that closes it. */
enum Fix {
    LOG4J("log4j-2021-45046", "org.apache.logging.log4j:log4j-core", "2.15.0", "2.16.0"),
    H2("h2-2021-42392", "com.h2database:h2", "2.0.204", "2.0.206");

    private final String patch;
    private final String artifact;
    private final String original;
    private final String fixed;

    Fix(String patch, String artifact, String original, String fixed) {
        this.patch = patch;
        this.artifact = artifact;
        this.original = original;
        this.fixed = fixed;
    }

    /** The patch's name. */
    String patch() {
        return patch;
    }

    String file() {
        return patch + ".jlp";
    }

    /** How an operator asks for the patch to be built into the file. */
    List<String> build(String file) {
        return List.of(
                "build",
                "--original",
                artifact + ":" + original,
                "--fixed",
                artifact + ":" + fixed,
                "--takable",
                "--name",
                patch,
                "-o",
                file);
    }

    @Override
    public String toString() {
        return artifact.substring(artifact.indexOf(':') + 1) + " " + original + " → " + fixed;
    }
}
