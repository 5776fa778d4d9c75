/**
 * How many real security fixes the builder and the agent can do: for each pair of releases a build
 * of all of it and of the smallest fix, and where there is a demonstration of the hole, the patch in
 * a real JVM. Prints numbers and writes them down; must never be part of the product or its build.
 */
@NullMarked
package dev.jlp.coverage;

import org.jspecify.annotations.NullMarked;
