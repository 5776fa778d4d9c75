package dev.jlp.runtime;

import dev.jlp.patch.AddedClass;
import dev.jlp.patch.ClassPatch;
import dev.jlp.patch.Target;
import dev.jlp.weaver.ClassView;
import dev.jlp.weaver.Weave;
import dev.jlp.weaver.Weaver;
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

    private final EventLog events;
    private final Executor later;
    private final Runnable adopt;
    private final AtomicReferenceArray<@Nullable Begun> begun =
            new AtomicReferenceArray<>(BEGUN_KEPT);
    private final AtomicInteger next = new AtomicInteger();
    private final Queue<PatchedClass> arrived = new ConcurrentLinkedQueue<>();

    /** Written by the worker, before it arms and before it finalises. */
    private volatile Composition composition = Composition.EMPTY;

    /**
     * Patches arriving classes.
     *
     * @param events told what arrived
     * @param later runs a step on the worker, without blocking
     * @param adopt the step to be run after an arrival
     */
    Arrivals(EventLog events, Executor later, Runnable adopt) {
        this.events = events;
        this.later = later;
        this.adopt = adopt;
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
            return arrive(now, loader, name, domain, bytes);
        } catch (WeavingProblem | RuntimeException | LinkageError broken) {
            exposed(now, name, loader, String.valueOf(broken.getMessage()));
            return null;
        }
    }

    private byte @Nullable [] arrive(
            Composition now,
            @Nullable ClassLoader loader,
            String name,
            @Nullable ProtectionDomain domain,
            byte[] bytes)
            throws WeavingProblem {
        PatchedClass type =
                new PatchedClass(name, loader, bytes, ClassView.of(bytes).fingerprints());
        for (LoadedPatch patch : now.patches().values()) {
            ClassPatch change = patch.classes().get(name);
            if (change != null && now.isInForce(patch.name())) {
                Target target = patch.target(name);
                Verdict.OfClass verdict = ArrivingLinkage.check(
                        type, Examiner.compareRaw(type, change), change, target.added());
                if (verdict.verdict().refuses()) {
                    // Another agent may have been here first. The worker looks again when it is
                    // defined, and says why.
                    later.execute(adopt);
                    return null;
                }
                accept(type, patch, target, verdict);
                defineAdded(target, loader, domain);
            }
        }
        List<Weave> weaves = now.weaves(type);
        byte[] woven = weaves.isEmpty()
                ? null
                : Weaver.weave(bytes, weaves, now.transition()).alone();
        type.setNow(PatchedClass.Now.unseen(weaves, now.transition()));
        arrived.add(type);
        later.execute(adopt);
        return woven;
    }

    private void accept(
            PatchedClass type, LoadedPatch patch, Target target, Verdict.OfClass verdict) {
        type.verdicts().put(patch.name(), verdict);
        events.log(
                verdict.verdict() == Verdict.NATIVE ? "native" : "applying",
                patch.name(),
                patch.version(),
                "target",
                target.name(),
                "loader",
                type.loaderName(),
                "detail",
                type.name().replace('/', '.'));
    }

    /** New classes must be there before a new body names them. */
    private static void defineAdded(
            Target target, @Nullable ClassLoader loader, @Nullable ProtectionDomain domain) {
        for (AddedClass added : target.added()) {
            AddedClasses.define(added, loader, domain);
        }
    }

    private void exposed(Composition now, String name, @Nullable ClassLoader loader, String why) {
        for (LoadedPatch patch : now.patches().values()) {
            if (patch.classes().containsKey(name) && now.isInForce(patch.name())) {
                events.log(
                        "exposed",
                        patch.name(),
                        patch.version(),
                        "target",
                        patch.targetOf(name),
                        "loader",
                        PatchedClass.nameOf(loader),
                        "detail",
                        name.replace('/', '.') + ": " + why);
            }
        }
    }
}
