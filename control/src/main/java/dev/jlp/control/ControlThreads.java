package dev.jlp.control;

/**
 * The threads that a {@link ControlServer} can't do without.
 *
 * @param acceptor takes connections
 * @param attendant holds conversations, one after the other
 */
public record ControlThreads(ReadyThread acceptor, ReadyThread attendant) {

    /**
     * Starts both or none.
     *
     * @throws OutOfMemoryError if the JVM gives no more threads
     */
    public static ControlThreads start() {
        ReadyThread acceptor = ReadyThread.start("jlp-control");
        try {
            return new ControlThreads(acceptor, ReadyThread.start("jlp-control-1"));
        } catch (OutOfMemoryError none) {
            acceptor.dismiss();
            throw none;
        }
    }

    /** Lets them go if there is no server for them. */
    public void dismiss() {
        acceptor.dismiss();
        attendant.dismiss();
    }
}
