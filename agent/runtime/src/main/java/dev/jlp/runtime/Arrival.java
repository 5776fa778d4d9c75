package dev.jlp.runtime;

import dev.jlp.patch.AddedClass;
import dev.jlp.patch.ClassPatch;
import dev.jlp.patch.Target;
import dev.jlp.weaver.ClassView;
import dev.jlp.weaver.Weave;
import dev.jlp.weaver.Weaver;
import dev.jlp.weaver.WeavingProblem;

import org.jspecify.annotations.Nullable;

import java.security.ProtectionDomain;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One class that is being defined, on the thread that defines it. Kernel: {@code klp_module_coming}. */
final class Arrival {

    private final Composition now;
    private final Refusals refusals;
    private final Grafts grafts;
    private final FixedInstances fixedInstances;
    private final Defined defined;
    private final PatchedClass type;
    private final List<LoadedPatch> taken = new ArrayList<>();
    private final List<PatchedClass> below = new ArrayList<>();
    private @Nullable String refusal;
    private boolean undecided;

    Arrival(
            Composition now,
            Refusals refusals,
            Grafts grafts,
            FixedInstances fixedInstances,
            Defined defined) {
        this.now = now;
        this.fixedInstances = fixedInstances;
        this.refusals = refusals;
        this.grafts = grafts;
        this.defined = defined;
        this.type = defined.type();
    }

    /**
     * A class that is being defined.
     *
     * @param type what it is, before any patch
     * @param domain where it comes from
     */
    record Defined(PatchedClass type, @Nullable ProtectionDomain domain) {

        static Defined of(
                @Nullable ClassLoader loader,
                String name,
                byte[] bytes,
                @Nullable ProtectionDomain domain)
                throws WeavingProblem {
            PatchedClass type =
                    new PatchedClass(name, loader, bytes, ClassView.of(bytes).fingerprints());
            return new Defined(type, domain);
        }
    }

    /** Offers the class to all patches in force, in their order, until one can't take it. */
    void offer() throws WeavingProblem {
        for (LoadedPatch patch : now.inOrder()) {
            ClassPatch change = patch.classes().get(type.name());
            if (change != null && refusal == null && !undecided) {
                offer(patch, change);
            }
        }
        if (refusal != null) {
            refusals.rollBack(taken, type);
        }
    }

    private void offer(LoadedPatch patch, ClassPatch change) throws WeavingProblem {
        Target target = patch.target(type.name());
        Instance instance = new Instance(target.name(), type.where());
        refusal = refusals.known(patch, instance).orElse(null);
        if (refusal != null) {
            return;
        }
        if (patch.order().isAwaiting(target, type.loader(), patch.classes().keySet())) {
            undecided =
                    true; // the worker patches it, once what its added classes stand on is there
            return;
        }
        Verdict.OfClass verdict = ArrivingLinkage.check(
                type,
                fixedInstances.verdict(patch, instance, change, Examiner.compareRaw(type, change)),
                change,
                () -> patch.order().found(target, type.loader()));
        String conflict = AddedClasses.conflict(target, type.loader(), there -> null);
        if (!conflict.isEmpty()) {
            verdict = verdict.unlinkable(conflict);
        }
        if (refusals.isExposed(patch, instance)) {
            type.verdicts().put(patch.name(), verdict);
            type.exposed().put(patch.name(), true);
        } else if (verdict.verdict().refuses()) {
            refusal = refusals.mismatch(patch, instance, change, verdict).orElse(null);
            undecided = refusal == null;
        } else {
            take(patch, target, verdict);
        }
    }

    private void take(LoadedPatch patch, Target target, Verdict.OfClass verdict) {
        Instance instance = new Instance(target.name(), type.where());
        boolean isNative = verdict.verdict() == Verdict.NATIVE;
        type.verdicts().put(patch.name(), verdict);
        if (grafts.isFrom(patch, defined.domain())) {
            type.grafted().put(patch.name(), false); // said when it is loaded
        } else {
            refusals.log(
                    isNative ? "native" : "applying",
                    patch,
                    instance,
                    type.name().replace('/', '.'));
        }
        Optional<String> veto =
                isNative ? Optional.empty() : refusals.askCallbacks(patch, instance, type.name());
        if (veto.isPresent()) {
            type.exposed().put(patch.name(), true);
            refusal = refusals.veto(patch, instance, veto.get()).orElse(null);
            return;
        }
        taken.add(patch);
        if (!isNative) { // before a new body names them
            patch.order()
                    .defineArriving(
                            target, type.name(), type.loader(), defined.domain(), this::below);
        }
    }

    /** An added class that is defined meanwhile, below our transformer, with its bodies. */
    private byte[] below(AddedClass added) {
        if (!now.concerns(added.name())) {
            return added.bytes();
        }
        try {
            Arrival arrival = new Arrival(
                    now,
                    refusals,
                    grafts,
                    fixedInstances,
                    Defined.of(type.loader(), added.name(), added.bytes(), defined.domain()));
            arrival.offer();
            byte[] woven = arrival.isDecided() ? arrival.woven() : null;
            if (arrival.isDecided()) {
                below.addAll(arrival.arrived());
            }
            return woven == null ? added.bytes() : woven;
        } catch (WeavingProblem broken) {
            throw new IllegalStateException(String.valueOf(broken.getMessage()), broken);
        }
    }

    /** What has its bodies by now: the class, and those that were defined below it. */
    List<PatchedClass> arrived() {
        List<PatchedClass> arrived = new ArrayList<>(below);
        arrived.add(type);
        return arrived;
    }

    private boolean isDecided() {
        return refusal == null && !undecided;
    }

    /** Why the class is not to be defined, if it is not. */
    Optional<String> refusal() {
        return Optional.ofNullable(refusal);
    }

    /**
     * Whether it can't be patched as it came, and is let in: the worker looks again when it is defined. Another
     * agent may have been there first, or an added class may stand on one that is not defined yet.
     */
    boolean isUndecided() {
        return undecided;
    }

    /** The class file with its bodies; null if it is to stay as it came. */
    byte @Nullable [] woven() throws WeavingProblem {
        List<Weave> weaves = now.weaves(type);
        byte[] woven = weaves.isEmpty()
                ? null
                : Weaver.weave(type.base(), weaves, now.transition()).alone();
        type.setNow(PatchedClass.Now.unseen(weaves, now.transition()));
        return woven;
    }
}
