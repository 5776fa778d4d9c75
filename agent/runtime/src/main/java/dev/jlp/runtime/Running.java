package dev.jlp.runtime;

import dev.jlp.bridge.JlpTransition;
import dev.jlp.engine.Transition;

import java.util.ArrayDeque;
import java.util.Queue;

/** The one transition that runs. Used by the worker only. */
final class Running {

    final Composition composition;
    final JlpTransition bridge;
    final Switching switching;
    final LoadedPatch patch;
    final long startNanos = System.nanoTime();
    Transition state;

    /** What is to be done once the bodies of its end are in place. */
    final Queue<Runnable> left = new ArrayDeque<>();

    /** Everybody's, once it is decided: true for the new one. */
    boolean universe;

    /** Nobody settles on new before everything is armed, and no definition is open that began before. */
    boolean opened;

    Running(
            Transition state,
            Composition composition,
            JlpTransition bridge,
            Switching switching,
            LoadedPatch patch) {
        this.state = state;
        this.composition = composition;
        this.bridge = bridge;
        this.switching = switching;
        this.patch = patch;
    }
}
