package dev.jlp.engine;

/**
 * What the operator allows a load to do.
 *
 * @param allowDowngrade a lower version than one that was active before
 * @param allowDrop fixes of replaced patches may go
 */
public record LoadOptions(boolean allowDowngrade, boolean allowDrop) {}
