package dev.jlp.runtime;

import dev.jlp.api.Shadow;
import dev.jlp.api.ShadowField;
import dev.jlp.patch.Patch;
import dev.jlp.patch.Target;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * The classes that patches may call, members of {@code java.lang} like the bridge, defined when the first
 * patch comes that names one: by the worker, or by the thread that defines the first class of a library
 * with a graft.
 */
final class PatchApi {

    private static final String PREFIX = "java/lang/Jlp";

    /** All classes of the API, each behind those that it needs to be defined. */
    private static final List<String> CLASSES = List.of(
            "CallbackThread",
            "TargetInstance$State",
            "TargetInstance",
            "Callbacks",
            "ShadowConstruction",
            "ShadowEntry",
            "ShadowSlots",
            "ShadowVariable",
            "ShadowTable",
            "Shadow",
            "ShadowValue",
            "ShadowBits",
            "ShadowFields$OfClass",
            "ShadowFields",
            "ShadowField",
            "Members",
            "Construction",
            "EnumConstants");

    private static final long CLEAR_PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long NEVER_NANOS = Long.MAX_VALUE / 2;

    private volatile boolean defined;
    private long clearedNanos = System.nanoTime();

    /**
     * Defines the API if a class file of the patch names it, changed or added. To be called before the
     * patch is verified or linked: a name that was not found once is not found later either.
     */
    void defineFor(Patch patch) {
        if (!defined && patch.targets().stream().anyMatch(PatchApi::names)) {
            try {
                BridgeDefinition.defineOnce(PREFIX, CLASSES);
                defined = true;
            } catch (IOException | IllegalAccessException impossible) {
                throw new IllegalStateException(
                        "the API for patches can't be defined: " + impossible, impossible);
            }
        }
    }

    private static boolean names(Target target) {
        return target.classes().stream().anyMatch(type -> names(type.after()))
                || target.added().stream().anyMatch(type -> names(type.bytes()))
                || !target.callbacks().isEmpty();
    }

    /** The name stands in the constants of whatever links to the class. */
    private static boolean names(byte[] classFile) {
        String text = new String(classFile, StandardCharsets.ISO_8859_1);
        return CLASSES.stream().anyMatch(name -> text.contains(PREFIX + name));
    }

    /** What a loader will find under a name of ours; null if the name is not ours, or not known. */
    static byte @Nullable [] classFile(String name) {
        try {
            return name.startsWith(PREFIX) ? BridgeDefinition.classFile(name) : null;
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** Shadow variables by id, and shadow fields by class and name; empty while no patch could have made any. */
    Map<String, Integer> shadowVariables() {
        if (!defined) {
            return Map.of();
        }
        Map<String, Integer> counts = new TreeMap<>(Shadow.counts());
        ShadowField.counts()
                .forEach((field, objects) -> counts.merge("field " + field, objects, Integer::sum));
        return counts;
    }

    /** Whether a state owns any variable: one of its id, or of its id, a slash and more. */
    boolean owns(Set<String> states) {
        return defined && Shadow.counts().keySet().stream().anyMatch(id -> isOf(id, states));
    }

    /**
     * What the end of states does to the variables that they own. Takes locks that application threads hold
     * for moments, so it is no step of the worker's.
     */
    static void freeOwned(Set<String> states) {
        for (String id : Shadow.counts().keySet()) {
            if (isOf(id, states)) {
                Shadow.id(id).freeAll();
            }
        }
    }

    private static boolean isOf(String id, Set<String> states) {
        int slash = id.indexOf('/');
        return states.contains(slash < 0 ? id : id.substring(0, slash));
    }

    /** How long until values of collected parents are to be let go. */
    long nanosUntilClear(long now) {
        return defined ? CLEAR_PAUSE_NANOS - (now - clearedNanos) : NEVER_NANOS;
    }

    void clearIfDue() {
        if (nanosUntilClear(System.nanoTime()) <= 0) {
            Shadow.clear();
            ShadowField.clear();
            clearedNanos = System.nanoTime();
        }
    }
}
