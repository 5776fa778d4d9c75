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

    /** The option with which reflection enters a method from native code, after it has polled for a safepoint. */
    String nativeAccessors() {
        return feature >= 22
                ? "-Djdk.reflect.useNativeAccessorOnly=true"
                : "-Dsun.reflect.inflationThreshold=2147483647";
    }

    @Override
    public String toString() {
        return "JDK " + feature;
    }
}
