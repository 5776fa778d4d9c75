package dev.jlp.benchmarks;

import java.nio.file.Path;

/** What is measured: the jars as they are shipped. */
final class Shipped {

    private Shipped() {}

    static Path root() {
        return Path.of(System.getProperty("jlp.root", ".")).toAbsolutePath().normalize();
    }

    static Path agent() {
        return root().resolve("agent/launcher/target/jlp-agent.jar");
    }

    /** The programs that run in child JVMs. */
    static Path classes() {
        return root().resolve("benchmarks/target/classes");
    }

    static Path fixedSources() {
        return root().resolve("benchmarks/src/main/fixed");
    }
}
