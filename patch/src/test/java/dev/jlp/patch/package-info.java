/** Proofs of what the model and the artifact promise. */
@NullMarked
package dev.jlp.patch;

import org.jspecify.annotations.NullMarked;
