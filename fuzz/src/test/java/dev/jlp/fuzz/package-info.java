/**
 * Damaged inputs for everything that reads what others wrote: artifacts, requests, class files. Each target
 * has the method that Jazzer calls; the tests call it with what was found once, and with inputs made at random.
 * Never part of the product.
 */
@NullMarked
package dev.jlp.fuzz;

import org.jspecify.annotations.NullMarked;
