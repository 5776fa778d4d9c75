package dev.jlp.builder;

/**
 * One target to build from a change of its sources.
 *
 * @param original the release with the flaw: a jar file or {@code group:artifact:version}
 * @param sources its sources: a jar file or the coordinates of the release
 * @param diff file of a unified diff against them
 * @param release the Java release to compile for; 0 for that of the original's class files
 */
public record SourceFix(String original, String sources, String diff, int release) {}
