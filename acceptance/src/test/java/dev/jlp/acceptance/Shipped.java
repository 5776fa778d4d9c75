package dev.jlp.acceptance;

import java.nio.file.Path;

/** Where the build left what the tests run, as the build says it. */
final class Shipped {

    private Shipped() {}

    static Path agent() {
        return path("jlp.acceptance.agent");
    }

    /** What authors of patches compile against. */
    static Path api() {
        return path("jlp.acceptance.api");
    }

    static Path command() {
        return path("jlp.acceptance.command");
    }

    /** A jar of another vendor's agent, by its plain name. */
    static Path otherAgent(String name) {
        return path("jlp.acceptance.otheragents").resolve(name + ".jar");
    }

    /** A released library, by the name of its jar. */
    static Path library(String name) {
        return path("jlp.acceptance.libraries").resolve(name + ".jar");
    }

    /** The root of the source tree. */
    static Path root() {
        return path("jlp.acceptance.root");
    }

    private static Path path(String property) {
        String value = System.getProperty(property);
        if (value == null) {
            throw new IllegalStateException("the build sets the property '" + property + "'");
        }
        return Path.of(value).toAbsolutePath().normalize();
    }
}
