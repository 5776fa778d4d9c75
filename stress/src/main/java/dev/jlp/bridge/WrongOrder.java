package dev.jlp.bridge;

/** Ends a transition in the wrong order; here because the bridge rightly offers no way to do so. */
public final class WrongOrder {

    private WrongOrder() {}

    /** What {@link JlpTransition#end} does, the stamp first. */
    public static void end(JlpTransition transition, boolean universe) {
        JlpDispatch.stamp = 0;
        JlpDispatch.setOutcome(transition.id(), universe);
        JlpDispatch.running = null;
    }
}
