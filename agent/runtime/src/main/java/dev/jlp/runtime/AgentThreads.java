package dev.jlp.runtime;

import dev.jlp.control.ControlThreads;
import dev.jlp.control.ReadyThread;

/**
 * The threads that the agent can't do without. They are there before anything of the JVM is touched: one that
 * gives no more threads stays as it was, and the agent can be attached again when it does.
 *
 * @param worker owns all patches
 * @param control for the socket
 */
record AgentThreads(ReadyThread worker, ControlThreads control) {

    /**
     * Starts all or none.
     *
     * @throws OutOfMemoryError if the JVM gives no more threads
     */
    static AgentThreads start() {
        ReadyThread worker = ReadyThread.start("jlp-worker");
        try {
            return new AgentThreads(worker, ControlThreads.start());
        } catch (OutOfMemoryError none) {
            worker.dismiss();
            throw none;
        }
    }

    /** Those that have nothing to do end. */
    void dismiss() {
        worker.dismiss();
        control.dismiss();
    }
}
