package dev.jlp.runtime;

import dev.jlp.patch.ClassPatch;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Optional;

/**
 * Arriving classes that can't be patched: whether they are defined, and who is told. Runs on application
 * threads and takes no lock. Kernel counterpart: the failure path of {@code klp_module_coming}.
 */
final class Refusals {

    private final EventLog events;
    private final Exposures exposures;
    private final OnFailure onFailure;
    private final CallbackTable callbacks;

    Refusals(EventLog events, Exposures exposures, OnFailure onFailure, CallbackTable callbacks) {
        this.callbacks = callbacks;
        this.events = events;
        this.exposures = exposures;
        this.onFailure = onFailure;
    }

    /** Why a class is not defined; nothing unless its instance was refused before. */
    Optional<String> known(LoadedPatch patch, Instance instance) {
        String why = exposures.refusal(patch.name(), instance);
        return Optional.of(why).filter(text -> !text.isEmpty());
    }

    /** Whether the instance goes without the patch. */
    boolean isExposed(LoadedPatch patch, Instance instance) {
        return exposures.contains(patch.name(), instance);
    }

    /**
     * Why a class that does not fit is not defined; nothing if it is let in. The JVM cuts long names, so one
     * reason has to do.
     */
    Optional<String> mismatch(
            LoadedPatch patch, Instance instance, ClassPatch change, Verdict.OfClass verdict) {
        if (!onFailure.refusesMismatch()) {
            return Optional.empty();
        }
        String first = verdict.methods().entrySet().stream()
                .filter(method -> method.getValue().verdict().refuses())
                .map(method -> ", method " + method.getKey().name() + ": "
                        + method.getValue().verdict().word() + " ("
                        + method.getValue().detail() + ")")
                .findFirst()
                .orElse("");
        return Optional.of(refuse(patch, instance, change.name().replace('/', '.') + first));
    }

    /** Lets the callbacks of an instance have their say, once; why it must not be patched, if so. */
    Optional<String> askCallbacks(LoadedPatch patch, Instance instance, String className) {
        return callbacks.arrive(patch, patch.target(className), instance, className);
    }

    /** Refuses an instance whose pre-patch callback said no; nothing if it is let in all the same. */
    Optional<String> veto(LoadedPatch patch, Instance instance, String why) {
        if (onFailure.refusesVeto()) {
            return Optional.of(refuse(patch, instance, why));
        }
        if (exposures.add(patch.name(), instance, new Exposures.Exposure(false, why))) {
            log("exposed", patch, instance, why);
        }
        return Optional.empty();
    }

    private String refuse(LoadedPatch patch, Instance instance, String why) {
        String sentence = "jlp: refused by patch '" + patch.name() + "' for target '"
                + instance.target() + "', which it can't be applied to in loader '"
                + instance.loader().name() + "': " + why;
        if (exposures.add(patch.name(), instance, new Exposures.Exposure(true, sentence))) {
            log("refused", patch, instance, sentence);
        }
        return sentence;
    }

    /** Nothing could be found out about a class; why it is not defined, if it is not. */
    Optional<String> broken(
            Composition now, String name, @Nullable ClassLoader loader, String why) {
        Optional<String> instead = Optional.empty();
        for (LoadedPatch patch : now.inOrder()) {
            if (patch.classes().containsKey(name)) {
                Instance instance = Instance.of(patch.targetOf(name), loader);
                String sentence = name.replace('/', '.') + ": " + why;
                if (onFailure.refusesMismatch()) {
                    instead = Optional.of(refuse(patch, instance, sentence));
                } else {
                    log("exposed", patch, instance, sentence);
                }
            }
        }
        return instead;
    }

    /** Patches that had taken a class before another one refused it, in their order. */
    void rollBack(List<LoadedPatch> taken, PatchedClass type) {
        for (LoadedPatch patch : taken) {
            Instance instance = new Instance(patch.targetOf(type.name()), type.where());
            String why = type.name().replace('/', '.') + ": refused by another patch";
            callbacks.rollBack(
                    patch, instance, type.name(), () -> log("reverting", patch, instance, why));
        }
    }

    void log(String event, LoadedPatch patch, Instance instance, String detail) {
        events.log(
                event,
                patch.name(),
                patch.version(),
                "target",
                instance.target(),
                "loader",
                instance.loader().name(),
                "detail",
                detail);
    }
}
