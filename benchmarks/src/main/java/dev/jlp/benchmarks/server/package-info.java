/** A server on Jetty and H2 that is changed while clients ask it; knows nothing of live patching. */
@NullMarked
package dev.jlp.benchmarks.server;

import org.jspecify.annotations.NullMarked;
