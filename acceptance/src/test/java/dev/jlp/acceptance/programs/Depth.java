package dev.jlp.acceptance.programs;

/** Frames that no patch knows, as many as a test wants. */
public final class Depth {

    private Depth() {}

    /**
     * Runs in circles that many frames deep until the gate is opened: a virtual thread stays mounted, and
     * only then its trace is cut off.
     */
    public static int descend(int frames, String gate) {
        if (frames == 0) {
            Gate.touch(gate);
            while (!Gate.isOpen(gate)) {
                Thread.onSpinWait();
            }
            return 0;
        }
        return 1 + descend(frames - 1, gate);
    }
}
