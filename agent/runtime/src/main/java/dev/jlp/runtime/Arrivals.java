package dev.jlp.runtime;

import dev.jlp.weaver.WeavingProblem;

import org.jspecify.annotations.Nullable;

import java.lang.instrument.ClassFileTransformer;
import java.security.ProtectionDomain;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Patches classes while they are defined, below other agents' work. Runs on application threads: takes no
 * lock of ours, loads no class of theirs, and whatever breaks leaves the class as it came. Kernel
 * counterpart: {@code klp_module_coming}.
 */
final class Arrivals implements ClassFileTransformer {

    /** How many begun definitions are remembered; a patch loaded meanwhile must find them. */
    private static final int BEGUN_KEPT = 4096;

    private final Executor later;
    private final Runnable adopt;
    private final Refusals refusals;
    private final AtomicReferenceArray<@Nullable Begun> begun =
            new AtomicReferenceArray<>(BEGUN_KEPT);
    private final AtomicInteger next = new AtomicInteger();
    private final Queue<PatchedClass> arrived = new ConcurrentLinkedQueue<>();

    /** Written by the worker, before it arms and before it finalises. */
    private volatile Composition composition = Composition.EMPTY;

    /**
     * Patches arriving classes.
     *
     * @param later runs a step on the worker, without blocking
     * @param adopt the step to be run after an arrival
     * @param refusals told what arrived and what can't be patched
     */
    Arrivals(Executor later, Runnable adopt, Refusals refusals) {
        this.later = later;
        this.adopt = adopt;
        this.refusals = refusals;
    }

    void compose(Composition now) {
        composition = now;
    }

    /** Classes that were given bodies while they were defined, since the last call. */
    @Nullable
    PatchedClass poll() {
        return arrived.poll();
    }

    /** Definitions of classes of these names that began not long ago. */
    List<Begun> begun(Set<String> names) {
        List<Begun> found = new ArrayList<>();
        for (int i = 0; i < BEGUN_KEPT; i++) {
            Begun each = begun.get(i);
            if (each != null && names.contains(each.name())) {
                found.add(each);
            }
        }
        return found;
    }

    @Override
    public byte @Nullable [] transform(
            @Nullable ClassLoader loader,
            @Nullable String name,
            @Nullable Class<?> redefined,
            @Nullable ProtectionDomain domain,
            byte[] bytes) {
        if (name == null || redefined != null || ScratchDefinition.isOne(loader)) {
            return null;
        }
        if (loader != null) {
            int slot = (next.getAndIncrement() & Integer.MAX_VALUE) % BEGUN_KEPT;
            begun.set(slot, Begun.now(name, loader));
        }
        Composition now = composition;
        if (now.patches().isEmpty() || !now.concerns(name)) {
            return null;
        }
        try {
            return arrive(now, Arrival.typeOf(loader, name, bytes), domain);
        } catch (WeavingProblem | RuntimeException | LinkageError broken) {
            return refusals.broken(now, name, loader, String.valueOf(broken.getMessage()))
                    .orElse(null);
        }
    }

    private byte @Nullable [] arrive(
            Composition now, PatchedClass type, @Nullable ProtectionDomain domain)
            throws WeavingProblem {
        Arrival arrival = new Arrival(now, refusals, type, domain);
        arrival.offer();
        if (arrival.refusal().isPresent()) {
            return arrival.refusal().get();
        }
        byte[] woven = arrival.isUndecided() ? null : arrival.woven();
        if (!arrival.isUndecided()) {
            arrived.add(type);
        }
        later.execute(adopt);
        return woven;
    }
}
