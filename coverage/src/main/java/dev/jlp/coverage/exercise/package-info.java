/**
 * Calls of a library, written down by one JVM and made in others, and their results as text. Runs in
 * the JVMs that are patched; uses the JDK alone.
 */
@NullMarked
package dev.jlp.coverage.exercise;

import org.jspecify.annotations.NullMarked;
