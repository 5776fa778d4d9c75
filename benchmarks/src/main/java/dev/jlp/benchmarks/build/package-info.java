/** What builds patches in a JVM of its own, with the product's builder. */
@NullMarked
package dev.jlp.benchmarks.build;

import org.jspecify.annotations.NullMarked;
