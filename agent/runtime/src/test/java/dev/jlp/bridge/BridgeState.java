package dev.jlp.bridge;

/** What the small worlds of interleavings need to know of the bridge, and its steps in wrong orders. */
public final class BridgeState {

    private BridgeState() {}

    /** As if this transition had never been. */
    public static void forget(int id) {
        JlpDispatch.stamp = 0;
        JlpDispatch.running = null;
        JlpDispatch.setOutcome(id, false);
    }

    /** Epoch, goal and outcome. */
    public static String of(int id) {
        return JlpDispatch.stamp + " " + (JlpDispatch.running != null) + JlpDispatch.outcome(id);
    }

    /** What {@link JlpDispatch#enter} reads first. */
    public static long stamp() {
        return JlpDispatch.stamp;
    }

    /** What {@link JlpTransition#end} does, the outcome last. */
    public static void endStampFirst(JlpTransition transition, boolean universe) {
        JlpDispatch.stamp = 0;
        dev.jlp.runtime.Schedule.point("the outcome comes late");
        JlpDispatch.setOutcome(transition.id(), universe);
        JlpDispatch.running = null;
    }
}
