/**
 * Two jars in, a patch or a list of refusals out. Never guesses: what it can't prove patchable it
 * refuses, with the reason. Kernel counterpart: {@code kpatch-build}.
 */
@NullMarked
package dev.jlp.builder;

import org.jspecify.annotations.NullMarked;
