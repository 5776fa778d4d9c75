/** Calls at random. */
@NullMarked
package dev.jlp.coverage.generator;

import org.jspecify.annotations.NullMarked;
