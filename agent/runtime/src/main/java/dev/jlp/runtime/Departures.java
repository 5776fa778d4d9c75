package dev.jlp.runtime;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Notices instances whose loader was collected. Used by the worker only. Kernel counterpart: {@code
 * klp_module_going}.
 */
final class Departures {

    private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long NEVER_NANOS = Long.MAX_VALUE / 2;

    private final EventLog events;
    private final Instances instances;
    private final CallbackTable callbacks;
    private long noticedNanos = System.nanoTime();

    Departures(EventLog events, Instances instances, CallbackTable callbacks) {
        this.callbacks = callbacks;
        this.events = events;
        this.instances = instances;
    }

    /** When it is worth looking, on the JVM's clock; as long as no loader can leave: far away. */
    long dueNanos() {
        return instances.mayLeave() ? noticedNanos + PAUSE_NANOS : System.nanoTime() + NEVER_NANOS;
    }

    /**
     * Forgets what is gone, and says of each patch in force from which instance it went.
     *
     * @return whether anything was gone
     */
    boolean notice(Composition now) {
        noticedNanos = System.nanoTime();
        List<PatchedClass> gone = instances.removeGone();
        Set<LoaderRef> loaders = new LinkedHashSet<>();
        gone.forEach(type -> loaders.add(type.where()));
        for (LoaderRef loader : loaders) {
            List<PatchedClass> classes =
                    gone.stream().filter(type -> type.where().equals(loader)).toList();
            now.inOrder().forEach(patch -> leave(patch, loader, classes));
        }
        return !gone.isEmpty();
    }

    private void leave(LoadedPatch patch, LoaderRef loader, List<PatchedClass> classes) {
        Set<String> targets = new LinkedHashSet<>();
        for (PatchedClass type : classes) {
            if (type.takes(patch.name())) {
                targets.add(patch.targetOf(type.name()));
            }
        }
        targets.forEach(target -> leave(patch, target, loader));
    }

    /** One patch's instance. Kernel: pre-unpatch before the notice, post-unpatch behind it. */
    private void leave(LoadedPatch patch, String target, LoaderRef loader) {
        callbacks.leave(
                patch,
                new Instance(target, loader),
                () -> events.log(
                        "reverting",
                        patch.name(),
                        patch.version(),
                        "target",
                        target,
                        "loader",
                        loader.name()));
    }
}
