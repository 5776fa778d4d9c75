package dev.jlp.builder;

/**
 * One target to build for.
 *
 * @param original the release with the flaw: a jar file or {@code group:artifact:version}
 * @param fixed the release without it, likewise
 */
public record ReleasePair(String original, String fixed) {}
