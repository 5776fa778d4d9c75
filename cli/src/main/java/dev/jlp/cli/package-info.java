/**
 * The command {@code jlp}: what an operator types. Never decides anything about a patch: it asks the
 * agent, and says what the agent said. Kernel counterpart: kpatch(1) and the files of sysfs.
 */
@NullMarked
package dev.jlp.cli;

import org.jspecify.annotations.NullMarked;
