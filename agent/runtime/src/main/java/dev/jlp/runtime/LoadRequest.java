package dev.jlp.runtime;

import dev.jlp.engine.LoadOptions;

/**
 * What a load is asked to do.
 *
 * @param dryRun stop before anything changes
 * @param allowMismatch patch the whole instances, report the others as exposed
 * @param requireTarget refuse if no class of any target is loaded
 * @param options see there
 * @param user who asks
 * @param reason why, in the operator's words; may be empty
 */
record LoadRequest(
        boolean dryRun,
        boolean allowMismatch,
        boolean requireTarget,
        LoadOptions options,
        String user,
        String reason) {}
