/**
 * The same tests with two steps of the protocol in the wrong order. Each must be caught: a test that cannot
 * fail proves nothing.
 */
@NullMarked
package dev.jlp.stress.broken;

import org.jspecify.annotations.NullMarked;
