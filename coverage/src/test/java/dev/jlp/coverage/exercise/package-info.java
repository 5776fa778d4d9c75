/** Calls and their results as text. */
@NullMarked
package dev.jlp.coverage.exercise;

import org.jspecify.annotations.NullMarked;
