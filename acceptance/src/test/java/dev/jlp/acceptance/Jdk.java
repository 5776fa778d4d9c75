package dev.jlp.acceptance;

import java.nio.file.Path;

/** One JDK on this machine, by its feature version. */
record Jdk(int feature, Path home) {

    Path tool(String name) {
        return home.resolve("bin").resolve(name);
    }

    boolean hasVirtualThreads() {
        return feature >= 21;
    }

    @Override
    public String toString() {
        return "JDK " + feature;
    }
}
