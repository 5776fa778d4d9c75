package dev.jlp.api;

import org.jspecify.annotations.Nullable;

import java.lang.invoke.MethodHandles;
import java.lang.ref.WeakReference;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.function.Function;

/** One target in one loader, as a callback sees it while it runs. Made by the agent for each call. */
public final class TargetInstance {

    /** Where the target is in its own life. Kernel: the states of a module. */
    public enum State {
        /** Its classes are there. */
        LIVE,
        /** The first of its classes is being defined: none may be used, and no class of its loader. */
        COMING,
        /** Its loader was collected. */
        GOING
    }

    private final String patch;
    private final String target;
    private final State state;
    private final WeakReference<@Nullable ClassLoader> loader;
    private final boolean ofBootLoader;
    private final List<String> classes;
    private final @Nullable Map<String, Integer> previous;
    private final Function<Class<?>, MethodHandles.Lookup> rights;
    private volatile boolean over;

    /**
     * As the agent sees it.
     *
     * @param previous versions by id of state; null if no transition runs
     * @param rights all that a class has
     */
    public TargetInstance(
            String patch,
            String target,
            State state,
            @Nullable ClassLoader loader,
            List<String> classes,
            @Nullable Map<String, Integer> previous,
            Function<Class<?>, MethodHandles.Lookup> rights) {
        this.patch = patch;
        this.target = target;
        this.state = state;
        this.loader = new WeakReference<>(loader);
        this.ofBootLoader = loader == null && state != State.GOING;
        this.classes = classes;
        this.previous = previous;
        this.rights = rights;
    }

    /** The patch's name. */
    public String patch() {
        return patch;
    }

    /** The target's name. */
    public String target() {
        return target;
    }

    /** Where the target is. */
    public State state() {
        return state;
    }

    /**
     * The loader of the target's classes; null for the boot loader, and when it is gone. Who keeps it in
     * a field keeps it alive.
     */
    public @Nullable ClassLoader loader() {
        return loader.get();
    }

    /** The names of the classes that the patch changes. */
    public List<String> classes() {
        return classes;
    }

    /**
     * The version of a state that the newest of the patches below this one has; empty if none has it. Tells
     * whether the running system was changed before, and so what is to be taken over or left alone.
     *
     * @throws IllegalStateException if no transition runs, or if the callback that was given this is over
     *     or was abandoned
     */
    public OptionalInt previousState(String id) {
        Objects.requireNonNull(id, "id");
        requireRunning();
        if (previous == null) {
            throw new IllegalStateException(
                    "no transition runs, so no patch comes before or after another");
        }
        Integer version = previous.get(id);
        return version == null ? OptionalInt.empty() : OptionalInt.of(version);
    }

    /**
     * All rights of a class of the target: its private fields, methods and constructors can be found by it,
     * whatever its module opens. A lookup keeps its class, and what is found by it the same.
     *
     * @param type as {@code Class.forName(name, false, instance.loader())} finds it
     * @throws IllegalArgumentException if another loader has defined it
     * @throws IllegalStateException if the target has no classes that may be used, being {@code COMING} or
     *     {@code GOING}, or if the callback that was given this is over or was abandoned
     */
    public MethodHandles.Lookup lookup(Class<?> type) {
        requireRunning();
        if (state != State.LIVE) {
            throw new IllegalStateException(
                    "target '" + target + "' is " + state + ": none of its classes may be used");
        }
        ClassLoader defining = type.getClassLoader();
        if (defining == null ? !ofBootLoader : defining != loader()) {
            throw new IllegalArgumentException(
                    type + " is not of the loader of target '" + target + "'");
        }
        return rights.apply(type);
    }

    private void requireRunning() {
        if (over) {
            throw new IllegalStateException(
                    "the callback of patch '" + patch + "' that was given this is over");
        }
    }

    /** The call has ended, or was abandoned. Called by the agent. */
    public void end() {
        over = true;
    }
}
