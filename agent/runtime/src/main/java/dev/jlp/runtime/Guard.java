package dev.jlp.runtime;

import dev.jlp.patch.MethodId;
import dev.jlp.weaver.ClassView;
import dev.jlp.weaver.Weave;
import dev.jlp.weaver.Weaver;
import dev.jlp.weaver.WeavingProblem;
import dev.jlp.weaver.Woven;

import org.jspecify.annotations.Nullable;

import java.lang.instrument.ClassFileTransformer;
import java.security.ProtectionDomain;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;

/**
 * Keeps patched classes patched, and unpatched ones unpatched, whatever others retransform or redefine.
 *
 * <p>On 17 a retransformation by anybody starts from the bytes before the redefinition (JDK-7124710). A
 * body that is not what we last saw is put back in the same call, and the worker is asked to compose the
 * class again with everybody's work.
 */
final class Guard implements ClassFileTransformer {

    private final ClassBytes classBytes;
    private final BiConsumer<PatchedClass, Set<MethodId>> displaced;

    /** By internal name; written by the worker. Bounded by the classes that were ever patched. */
    private volatile Map<String, List<PatchedClass>> watched = Map.of();

    /**
     * A guard.
     *
     * @param classBytes tells our own operations from others'
     * @param displaced told on the other agent's thread, must not block
     */
    Guard(ClassBytes classBytes, BiConsumer<PatchedClass, Set<MethodId>> displaced) {
        this.classBytes = classBytes;
        this.displaced = displaced;
    }

    void watch(List<PatchedClass> all) {
        Map<String, List<PatchedClass>> next = new HashMap<>();
        for (PatchedClass type : all) {
            next.computeIfAbsent(type.name(), any -> new ArrayList<>()).add(type);
        }
        watched = next;
    }

    @Override
    public byte @Nullable [] transform(
            @Nullable ClassLoader loader,
            @Nullable String name,
            @Nullable Class<?> redefined,
            @Nullable ProtectionDomain domain,
            byte[] bytes) {
        if (redefined == null || name == null || classBytes.isOurs()) {
            return null;
        }
        for (PatchedClass type : watched.getOrDefault(name, List.of())) {
            if (type.type().orElse(null) == redefined) {
                try {
                    return putBack(type, bytes);
                } catch (WeavingProblem | RuntimeException | LinkageError broken) {
                    Contained.report("'" + name + "' could not be kept patched", broken);
                    displaced.accept(type, Set.of());
                    return null;
                }
            }
        }
        return null;
    }

    private byte @Nullable [] putBack(PatchedClass type, byte[] bytes) throws WeavingProblem {
        PatchedClass.Now now = type.now();
        Map<MethodId, String> incoming = ClassView.of(bytes).fingerprints();
        Map<MethodId, Weave> inForce = new HashMap<>();
        now.weaves().forEach(weave -> inForce.put(weave.method(), weave));
        List<Weave> missing = new ArrayList<>();
        Set<MethodId> names = new TreeSet<>();
        for (MethodId method : everPatched(type)) {
            String found = incoming.get(method);
            if (found != null && !found.equals(now.seenFingerprints().get(method))) {
                names.add(method);
                missing.add(lastSeen(now, method)
                        .orElseGet(() ->
                                inForce.getOrDefault(method, Weave.single(method, type.base()))));
            }
        }
        if (missing.isEmpty()) {
            return null;
        }
        Woven restored = Weaver.weave(bytes, missing, now.transition());
        Class<?> defined = type.type().orElse(null);
        if (defined == null || !Outlining.areInPlace(defined, restored.outlined())) {
            restored.alone(); // refuses: nothing is defined on another agent's thread
        }
        displaced.accept(type, names);
        return restored.bytes();
    }

    /** With other agents' work on it, so that it goes on until the class is composed again. */
    private static Optional<Weave> lastSeen(PatchedClass.Now now, MethodId method) {
        byte[] seen = now.seen();
        return seen == null || !now.seenFingerprints().containsKey(method)
                ? Optional.empty()
                : Optional.of(Weave.single(method, seen));
    }

    private static Set<MethodId> everPatched(PatchedClass type) {
        Set<MethodId> methods = new TreeSet<>();
        type.verdicts()
                .values()
                .forEach(verdict -> methods.addAll(verdict.methods().keySet()));
        return methods;
    }
}
