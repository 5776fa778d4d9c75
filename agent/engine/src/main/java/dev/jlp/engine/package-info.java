/**
 * The transition and the list of patches as pure values: each step returns the next one. Knows no
 * clock, thread, lock or JVM interface. Kernel counterpart: {@code transition.c} and {@code core.c}'s
 * checks.
 */
@NullMarked
package dev.jlp.engine;

import org.jspecify.annotations.NullMarked;
