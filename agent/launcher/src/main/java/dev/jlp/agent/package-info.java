/**
 * The one class that applications could see: it puts the agent's parts where they belong and is not
 * referenced afterwards. Holds no state, never logs on its own, never stops {@code main}.
 */
@NullMarked
package dev.jlp.agent;

import org.jspecify.annotations.NullMarked;
