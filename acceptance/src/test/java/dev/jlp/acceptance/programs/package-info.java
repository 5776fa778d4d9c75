/**
 * The small programs that are patched, and what their libraries call. They run in child JVMs, know
 * nothing of patching, and are never patched themselves.
 */
package dev.jlp.acceptance.programs;
