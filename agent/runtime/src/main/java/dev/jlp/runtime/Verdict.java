package dev.jlp.runtime;

import dev.jlp.patch.ClassPatch;
import dev.jlp.patch.MethodId;
import dev.jlp.patch.MethodPatch;
import dev.jlp.weaver.Linkage;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** About the bytes in the JVM, never about a file. */
enum Verdict {
    PATCHABLE,
    /** Has the body after already. */
    NATIVE,
    /** Another body, or none. */
    MISMATCH,
    /** The new body names something that isn't there, or does not verify there. */
    UNLINKABLE;

    /** As in status. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    boolean refuses() {
        return this == MISMATCH || this == UNLINKABLE;
    }

    /**
     * One method's verdict.
     *
     * @param verdict the word
     * @param detail why, for verdicts that refuse; else empty
     */
    record OfMethod(Verdict verdict, String detail) {

        static OfMethod patchable() {
            return new OfMethod(PATCHABLE, "");
        }
    }

    /**
     * A class's verdict: that of its worst method.
     *
     * @param methods by method of the patch
     */
    record OfClass(Map<MethodId, OfMethod> methods) {

        Verdict verdict() {
            Verdict worst = NATIVE;
            for (OfMethod method : methods.values()) {
                if (method.verdict().refuses()) {
                    return method.verdict();
                }
                if (method.verdict() == PATCHABLE) {
                    worst = PATCHABLE;
                }
            }
            return worst;
        }

        /** The same, but a method whose new body names what is not there is unlinkable. */
        OfClass linkedBy(Linkage linkage, ClassPatch change) {
            Map<MethodId, OfMethod> linked = new LinkedHashMap<>(methods);
            for (MethodPatch method : change.methods()) {
                String missing = method.links().stream()
                        .map(linkage::missing)
                        .filter(name -> !name.isEmpty())
                        .collect(Collectors.joining(", "));
                if (isPatchable(method.id()) && !missing.isEmpty()) {
                    linked.put(method.id(), new OfMethod(UNLINKABLE, "missing there: " + missing));
                }
            }
            return new OfClass(linked);
        }

        /** The same, but nothing of it can be patched. */
        OfClass unlinkable(String why) {
            Map<MethodId, OfMethod> refused = new LinkedHashMap<>(methods);
            refused.replaceAll((id, found) ->
                    found.verdict() == PATCHABLE ? new OfMethod(UNLINKABLE, why) : found);
            return new OfClass(refused);
        }

        /** The same, but what could be patched has the fix by itself. */
        OfClass nativeFix() {
            Map<MethodId, OfMethod> fixed = new LinkedHashMap<>(methods);
            fixed.replaceAll(
                    (id, found) -> found.verdict() == PATCHABLE ? new OfMethod(NATIVE, "") : found);
            return new OfClass(fixed);
        }

        boolean isPatchable(MethodId method) {
            OfMethod found = methods.get(method);
            return found != null && found.verdict() == PATCHABLE;
        }
    }
}
