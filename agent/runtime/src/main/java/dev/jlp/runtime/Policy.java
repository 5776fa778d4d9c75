package dev.jlp.runtime;

import dev.jlp.engine.Conflicts;

/**
 * What the agent's options say about patching.
 *
 * @param conflicts whether patches may change the same method
 * @param onFailure what becomes of an arriving class that can't be patched
 * @param revertsNative whether a fix that a class has by itself goes with the patch
 * @param pauseNanosMax longest pause that one batch of stack reading may cause
 * @param callbackNanosMax how long a callback may run
 * @param unparks whether parked threads that hold a transition back for long are woken
 */
record Policy(
        Conflicts conflicts,
        OnFailure onFailure,
        boolean revertsNative,
        long pauseNanosMax,
        long callbackNanosMax,
        boolean unparks) {}
