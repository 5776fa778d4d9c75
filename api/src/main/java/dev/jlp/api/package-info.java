/**
 * What authors of patches compile against, shadow variables and callbacks, and what the builder's code calls,
 * shadow fields. In a patched JVM these classes
 * are members of {@code java.lang}, called {@code Jlp…}, so that every class of every loader sees the same
 * ones. Never logs, never names another room, never runs an author's code under a lock. Kernel
 * counterpart: {@code shadow.c}, {@code struct klp_callbacks}.
 */
@NullMarked
package dev.jlp.api;

import org.jspecify.annotations.NullMarked;
