/** What is patched while it runs; the fixed release is in {@code src/main/fixed}. */
@NullMarked
package dev.jlp.benchmarks.subject;

import org.jspecify.annotations.NullMarked;
