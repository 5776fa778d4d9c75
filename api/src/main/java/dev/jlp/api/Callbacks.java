package dev.jlp.api;

/**
 * What a patch lets run beside its change of code, for each target in each loader: prepare, take over,
 * give back, tidy up. A class with a public constructor without parameters implements it; {@code jlp build
 * --callbacks} puts it into the patch.
 *
 * <p>For each instance of the target there is one object, from before {@link #prePatch} until after {@link
 * #postUnpatch}. Its class is in a loader of the patch's own, which finds the target's classes and is never
 * asked by them. Each method runs on a thread of the agent's and has limited time; whoever overruns is
 * abandoned: it counts as done, or as a veto if it is {@link #prePatch}, and what it calls here from then
 * on throws.
 *
 * <p>Every {@link #prePatch} that returned is followed by one {@link #postUnpatch}, and every {@link
 * #postPatch} by one {@link #preUnpatch}, unless the patch is replaced: then none of its callbacks runs any
 * more, and its successor takes over. If a disable is turned round, {@link #postPatch} runs again. While
 * callbacks run, threads of both universes do.
 *
 * <p>Kernel counterpart: {@code struct klp_callbacks}.
 */
public interface Callbacks {

    /**
     * Before anything changes. What it throws is a veto: the load fails, and this object's other methods
     * are not called, so it must have tidied up.
     */
    default void prePatch(TargetInstance instance) throws Exception {}

    /** When every thread runs the new bodies: take over what an earlier patch left, make the change. */
    default void postPatch(TargetInstance instance) throws Exception {}

    /** Before threads return to the old bodies: take the change back. */
    default void preUnpatch(TargetInstance instance) throws Exception {}

    /** When every thread runs the old bodies, also if the load was turned round before its end. */
    default void postUnpatch(TargetInstance instance) throws Exception {}
}
