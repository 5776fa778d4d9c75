/** What of the measurements is pure: percentiles, laws, pictures, the command line. */
@NullMarked
package dev.jlp.benchmarks;

import org.jspecify.annotations.NullMarked;
