/**
 * Used while JLP is built: what the JVM would make of lambdas and records at their first use becomes plain
 * classes and methods of the agent. A JVM that has no metaspace left when it links a call site refuses that
 * site for good; the agent has to go on when there is some again.
 */
@NullMarked
package dev.jlp.desugar;

import org.jspecify.annotations.NullMarked;
