package dev.jlp.coverage;

import java.nio.file.Path;

/** Where the checkout has what this room uses. */
final class Shipped {

    private Shipped() {}

    static Path root() {
        return Path.of(System.getProperty("jlp.root", ".")).toAbsolutePath().normalize();
    }

    static Path agent() {
        return root().resolve("agent/launcher/target/jlp-agent.jar");
    }

    static Path command() {
        return root().resolve("cli/target/jlp.jar");
    }

    static Path demos() {
        return root().resolve("coverage/src/main/demos");
    }

    /** Everything that a run leaves. */
    static Path work() {
        return root().resolve("coverage/target");
    }

    static Path document() {
        return root().resolve("docs/coverage.md");
    }

    static Path differentialDocument() {
        return root().resolve("docs/differential.md");
    }

    static Path weavingDocument() {
        return root().resolve("docs/weaving.md");
    }
}
