/**
 * What live patching costs, measured from outside: the shipped agent in child JVMs, against the same JVM
 * without it in the same run. Each program writes its section of {@code docs/performance.md}.
 */
@NullMarked
package dev.jlp.benchmarks;

import org.jspecify.annotations.NullMarked;
