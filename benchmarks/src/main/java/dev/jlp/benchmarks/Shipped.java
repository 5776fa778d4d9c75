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

    /** The jars that the programs of this room use. */
    static Path libraries() {
        return root().resolve("benchmarks/target/lib");
    }

    /** A jar as it was released. */
    static Path release(String file) {
        return root().resolve("benchmarks/target/releases").resolve(file + ".jar");
    }

    static Path fixedSources() {
        return root().resolve("benchmarks/src/main/fixed");
    }
}
