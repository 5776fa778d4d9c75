package dev.jlp.engine;

/**
 * What a load may do.
 *
 * @param allowDowngrade a lower version than one that was active before: by the operator
 * @param allowDrop fixes and states of replaced patches may go: by the operator
 * @param conflicts what a method that another patch changes means: by the agent's options
 */
public record LoadOptions(boolean allowDowngrade, boolean allowDrop, Conflicts conflicts) {}
