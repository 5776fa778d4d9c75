package dev.jlp.patch;

/**
 * A change of the running system that a patch's callbacks make, not one of code. The kernel's {@code
 * klp_state}.
 *
 * @param id names the change across patches
 * @param version of the change; a successor must know it in the same version or a later one
 */
public record State(String id, int version) {}
