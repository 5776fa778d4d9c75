package dev.jlp.runtime;

import dev.jlp.patch.MethodId;
import dev.jlp.weaver.Weave;

import org.jspecify.annotations.Nullable;

import java.lang.ref.WeakReference;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/**
 * One class of one loader that a patch has touched, and what it was before. Kept as long as its loader
 * lives, also after the last patch is gone: somebody's retransformation may bring an old body back.
 */
final class PatchedClass {

    private final String name;
    private final LoaderRef where;
    private volatile Base base;

    /** The class, once it is defined; a class that is being defined is known by name and loader only. */
    private volatile @Nullable WeakReference<Class<?>> type;

    /** Verdicts by name of patch. */
    private final Map<String, Verdict.OfClass> verdicts = new ConcurrentHashMap<>();

    /** Bodies before, as class files; see {@link Reverts}. */
    private final Map<MethodId, byte[]> reverted = new ConcurrentHashMap<>();

    /** Grafted patches that it has had from the beginning, while they are being loaded: whether that was said. */
    private final Map<String, Boolean> grafted = new ConcurrentHashMap<>();

    /** Patches that are not applied to this instance, since it isn't whole. */
    private final Map<String, Boolean> exposed = new ConcurrentHashMap<>();

    /** The JVM gives it no other bodies any more. */
    private volatile boolean stuck;

    /**
     * What the class is without us.
     *
     * @param bytes a class file that it can be redefined from
     * @param fingerprints of its methods
     */
    @SuppressWarnings("ArrayRecordComponent") // a class file; compared by nobody
    private record Base(byte[] bytes, Map<MethodId, String> fingerprints) {}

    /** What the JVM was last told; read by the guard on application threads. */
    private volatile Now now = Now.unseen(List.of(), 0);

    /**
     * What a class is now.
     *
     * @param weaves bodies that are not those of the base
     * @param transition the number its armed bodies carry; 0 if none is armed
     * @param seen the class file as it last came by us, other agents' work included; null if it didn't
     * @param seenFingerprints of its methods; empty if it didn't
     */
    @SuppressWarnings("ArrayRecordComponent") // a class file; compared by nobody
    record Now(
            List<Weave> weaves,
            int transition,
            byte @Nullable [] seen,
            Map<MethodId, String> seenFingerprints) {

        /** Not seen yet: the JVM has not been told, or the class is only being defined. */
        static Now unseen(List<Weave> weaves, int transition) {
            return new Now(weaves, transition, null, Map.of());
        }
    }

    PatchedClass(
            String name,
            @Nullable ClassLoader loader,
            byte[] base,
            Map<MethodId, String> baseFingerprints) {
        this.name = name;
        this.where = LoaderRef.of(loader);
        this.base = new Base(base, baseFingerprints);
    }

    String name() {
        return name;
    }

    String loaderName() {
        return where.name();
    }

    byte[] base() {
        return base.bytes();
    }

    Map<MethodId, String> baseFingerprints() {
        return base.fingerprints();
    }

    /** It can't be redefined from the bytes that came to us; it can from these. */
    void rebase(byte[] bytes, Map<MethodId, String> fingerprints) {
        base = new Base(bytes, fingerprints);
    }

    Map<String, Verdict.OfClass> verdicts() {
        return verdicts;
    }

    /** Bodies before, as class files, of methods that lost a fix which the class has by itself. */
    Map<MethodId, byte[]> reverted() {
        return reverted;
    }

    /** The class file with the body of a method where no patch has it. */
    byte[] original(MethodId method) {
        return reverted.getOrDefault(method, base());
    }

    Map<String, Boolean> grafted() {
        return grafted;
    }

    Map<String, Boolean> exposed() {
        return exposed;
    }

    /** Methods that any patch can change here. */
    Set<MethodId> patchableMethods() {
        Set<MethodId> methods = new TreeSet<>();
        for (Verdict.OfClass verdict : verdicts.values()) {
            verdict.methods().keySet().stream().filter(verdict::isPatchable).forEach(methods::add);
        }
        return methods;
    }

    /** Whether a patch's bodies are used here. */
    boolean takes(String patch) {
        Verdict.OfClass verdict = verdicts.get(patch);
        return verdict != null && !verdict.verdict().refuses() && !exposed.containsKey(patch);
    }

    Now now() {
        return now;
    }

    void setNow(Now next) {
        now = next;
    }

    Optional<Class<?>> type() {
        WeakReference<Class<?>> known = type;
        return known == null ? Optional.empty() : Optional.ofNullable(known.get());
    }

    void setType(Class<?> defined) {
        type = new WeakReference<>(defined);
    }

    /** Whether the JVM refuses to redefine it for good, as it does once its static initialiser failed. */
    boolean isStuck() {
        return stuck;
    }

    void setStuck() {
        stuck = true;
    }

    boolean isOf(@Nullable ClassLoader candidate) {
        return where.is(candidate);
    }

    @Nullable
    ClassLoader loader() {
        return where.get();
    }

    LoaderRef where() {
        return where;
    }

    /** Whether its loader was collected, and so the class with it. */
    boolean isGone() {
        return where.isGone();
    }
}
