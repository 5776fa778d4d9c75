package dev.jlp.engine;

/**
 * One patch moving every live thread to one state. A value: each step returns the next.
 *
 * @param id never used twice in a JVM; woven into the armed bodies
 * @param patch name of the patch that is loaded or disabled
 * @param operation what it was started for
 * @param phase where it is
 * @param reversals how often the operator turned it round; odd means it goes back
 * @param forced the operator ended it with threads still in the other universe
 */
public record Transition(
        int id, String patch, Operation operation, Phase phase, int reversals, boolean forced) {

    /** The start: nothing is armed yet. */
    public static Transition start(int id, String patch, Operation operation) {
        return new Transition(id, patch, operation, Phase.ARMING, 0, false);
    }

    /** Everything is armed; threads may settle. Kernel: {@code klp_start_transition}. */
    public Transition armed() {
        return become(Phase.SWITCHING);
    }

    /** Arming failed: nothing was reachable, so nobody can have settled. */
    public Transition cancelled() {
        return become(Phase.ENDED);
    }

    /**
     * Every thread is known to be in the goal's universe: decided, for good. Where the last redefinition is
     * refused, armed bodies go on in this universe until it is tried again.
     */
    public Transition switched() {
        return become(Phase.FINALISING);
    }

    /** Only the goal's bodies are left. Kernel: {@code klp_complete_transition}. */
    public Transition completed() {
        return become(Phase.ENDED);
    }

    /** Turns round, at any moment while threads settle. Kernel: {@code klp_reverse_transition}. */
    public Transition reversed() {
        requireSwitching("reversed");
        return new Transition(id, patch, operation, phase, reversals + 1, forced);
    }

    /** Gives up waiting: every thread counts as settled. Kernel: {@code klp_force_transition}. */
    public Transition force() {
        requireSwitching("forced");
        return new Transition(id, patch, operation, phase, reversals, true);
    }

    /** Whether it goes back to where it came from. */
    public boolean isReversed() {
        return reversals % 2 == 1;
    }

    /** Where it goes. */
    public Goal goal() {
        return operation.goal(isReversed());
    }

    private void requireSwitching(String what) {
        if (phase != Phase.SWITCHING || forced) {
            throw new IllegalStateException("a " + (forced ? "forced " : "")
                    + "transition in phase " + phase.word() + " can't be " + what);
        }
    }

    private Transition become(Phase next) {
        if (!phase.mayBecome(next)) {
            throw new IllegalStateException(
                    "a transition in phase " + phase.word() + " can't become " + next.word());
        }
        return new Transition(id, patch, operation, next, reversals, forced);
    }
}
