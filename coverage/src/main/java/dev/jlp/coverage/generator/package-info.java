/**
 * Calls of a library at random, from what two of its releases have in common. Pure: reads class files
 * and initialises none; the same releases and seed give the same calls.
 */
@NullMarked
package dev.jlp.coverage.generator;

import org.jspecify.annotations.NullMarked;
