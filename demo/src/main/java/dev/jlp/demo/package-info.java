/**
 * The whole story on one machine: a shop with real holes is attacked, patched while it serves,
 * attacked again. Uses the product through its command line only, as an operator does; never listens
 * or connects anywhere but on loopback. Kernel counterpart: {@code samples/livepatch}.
 */
@NullMarked
package dev.jlp.demo;

import org.jspecify.annotations.NullMarked;
