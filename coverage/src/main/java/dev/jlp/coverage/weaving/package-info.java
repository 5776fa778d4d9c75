/**
 * Weaves every class that a JVM can load, in that JVM, and asks its verifier; or arms them there, and
 * stands aside while they work. Runs beside the shipped agent, with the shipped weaver; uses that and the
 * JDK alone.
 */
@NullMarked
package dev.jlp.coverage.weaving;

import org.jspecify.annotations.NullMarked;
