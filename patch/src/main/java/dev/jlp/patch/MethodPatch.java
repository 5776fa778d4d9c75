package dev.jlp.patch;

import java.util.List;

/**
 * One method of a patch: the kernel's {@code klp_func}.
 *
 * @param id the method; the same in the class before and after
 * @param before fingerprint of the body that must be in the JVM
 * @param after fingerprint of the new body; equal to {@code before} for a quiesce method
 * @param quiesce the method keeps its body but must be off every stack as if it changed
 * @param links what the new body names
 */
public record MethodPatch(
        MethodId id, String before, String after, boolean quiesce, List<Link> links) {}
