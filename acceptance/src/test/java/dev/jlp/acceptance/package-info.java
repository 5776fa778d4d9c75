/**
 * The shipped jars in real JVMs: what an operator does, and what the application sees of it.
 *
 * <p>Must never import a class of another room: whatever it needs it gets through the command, the
 * control socket or the application's own behaviour. Counterpart in the kernel: {@code
 * tools/testing/selftests/livepatch}.
 */
package dev.jlp.acceptance;
