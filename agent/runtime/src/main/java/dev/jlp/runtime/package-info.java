/**
 * Where effects are: threads, {@code Instrumentation}, the worker that owns all mutable state, the
 * control server. Decides nothing the engine could decide. Kernel counterpart: {@code core.c}.
 */
@NullMarked
package dev.jlp.runtime;

import org.jspecify.annotations.NullMarked;
