/** What runs in the measured JVMs; uses the JDK alone. */
@NullMarked
package dev.jlp.benchmarks.program;

import org.jspecify.annotations.NullMarked;
