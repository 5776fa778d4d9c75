/** Proofs of what the builder takes and what it refuses. */
@NullMarked
package dev.jlp.builder;

import org.jspecify.annotations.NullMarked;
