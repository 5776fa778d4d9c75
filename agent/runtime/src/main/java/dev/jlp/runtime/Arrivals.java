package dev.jlp.runtime;

import dev.jlp.weaver.ClassFiles;
import dev.jlp.weaver.WeavingProblem;

import org.jspecify.annotations.Nullable;

import java.lang.instrument.ClassFileTransformer;
import java.security.ProtectionDomain;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
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

    private final Once adoption;
    private final Refusals refusals;
    private final Grafts grafts;
    private final FixedInstances fixedInstances;
    private final AtomicReferenceArray<@Nullable Begun> begun =
            new AtomicReferenceArray<>(BEGUN_KEPT);
    private final AtomicInteger next = new AtomicInteger();
    private final Queue<PatchedClass> arrived = new ConcurrentLinkedQueue<>();

    /** Written by the worker, before it arms and before it finalises. */
    private volatile Composition composition = Composition.EMPTY;

    /**
     * Patches arriving classes.
     *
     * @param adoption the worker's step after arrivals
     * @param refusals told what arrived and what can't be patched
     * @param grafts patches that libraries bring along
     * @param fixedInstances which loaders need no patch
     */
    Arrivals(Once adoption, Refusals refusals, Grafts grafts, FixedInstances fixedInstances) {
        this.fixedInstances = fixedInstances;
        this.adoption = adoption;
        this.refusals = refusals;
        this.grafts = grafts;
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
            @Nullable String given,
            @Nullable Class<?> redefined,
            @Nullable ProtectionDomain domain,
            byte[] bytes) {
        String name = given == null ? ClassFiles.name(bytes) : given;
        if (name.isEmpty() || redefined != null || isOurs(loader)) {
            return null;
        }
        Begun mine = null;
        if (loader != null) {
            mine = Begun.now(name, loader);
            begun.set((next.getAndIncrement() & Integer.MAX_VALUE) % BEGUN_KEPT, mine);
            grafts.look(domain, composition);
        }
        // No library brings a patch for the boot loader's classes; what is done for one may need
        // another.
        List<LoadedPatch> coming = loader == null ? List.of() : grafts.coming();
        Composition now = Grafts.over(composition, coming);
        if (now.patches().isEmpty() || !now.concerns(name)) {
            return null;
        }
        try {
            return arrive(
                    now, mine, Arrival.Defined.of(loader, name, bytes, domain), given == null);
        } catch (WeavingProblem | RuntimeException | LinkageError broken) {
            return refusals.broken(now, name, loader, String.valueOf(broken.getMessage()))
                    .map(why -> instead(why, given == null))
                    .orElse(null);
        }
    }

    /** What this class and its helpers need may be defined while they run. */
    private static boolean isOurs(@Nullable ClassLoader loader) {
        return loader == Arrivals.class.getClassLoader() || ScratchDefinition.isOne(loader);
    }

    private byte @Nullable [] arrive(
            Composition now, @Nullable Begun mine, Arrival.Defined defined, boolean isNameless)
            throws WeavingProblem {
        Arrival arrival = new Arrival(now, refusals, grafts, fixedInstances, defined);
        arrival.offer();
        Optional<String> refusal = arrival.refusal();
        if (refusal.isPresent()) {
            return instead(refusal.get(), isNameless);
        }
        byte[] woven = arrival.isUndecided() ? null : arrival.woven();
        if (!arrival.isUndecided()) {
            arrived.addAll(arrival.arrived());
            grafts.arrived(defined.type(), now);
        }
        if (mine != null && !arrival.isUndecided()) {
            mine.arm(now.transition());
        }
        adoption.ask();
        return woven;
    }

    /** A class file that the JVM refuses, with the reason in its error. */
    private static byte[] instead(String why, boolean isNameless) {
        return isNameless ? ClassFiles.malformed(why) : ClassFiles.refusing(why);
    }
}
