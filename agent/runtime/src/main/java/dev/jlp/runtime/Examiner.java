package dev.jlp.runtime;

import dev.jlp.patch.ClassPatch;
import dev.jlp.patch.MethodId;
import dev.jlp.patch.MethodPatch;
import dev.jlp.patch.PatchFile;
import dev.jlp.weaver.ClassView;
import dev.jlp.weaver.PatchingPath;
import dev.jlp.weaver.Weave;
import dev.jlp.weaver.Weaver;
import dev.jlp.weaver.WeavingProblem;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLConnection;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Reads classes in the JVM and says what a patch could do with them, without changing anything. Used
 * by the worker only.
 */
final class Examiner {

    private final ClassBytes classBytes;
    private final ScratchDefinition scratch;

    Examiner(ClassBytes classBytes, ScratchDefinition scratch) {
        this.classBytes = classBytes;
        this.scratch = scratch;
    }

    /**
     * The class as it is without us, with its untouched bytes: those that, sent through the other
     * agents, give what the JVM holds. A redefinition from them keeps everybody's work.
     *
     * @param held what the JVM holds, as captured
     * @throws WeavingProblem if no such bytes are known
     */
    PatchedClass untouched(Class<?> type, byte[] held, ClassPatch patch) throws WeavingProblem {
        ClassView inJvm = ClassView.of(held);
        String problem = "";
        for (byte[] candidate : candidates(type, held, patch)) {
            ClassBytes.DryRun run = classBytes.dryRun(type, candidate);
            if (run.problem().isEmpty()
                    && run.result() != null
                    && ClassView.of(run.result()).isSame(inJvm)) {
                PatchedClass found = new PatchedClass(
                        patch.name(),
                        type.getClassLoader(),
                        candidate,
                        ClassView.of(candidate).fingerprints());
                found.setType(type);
                found.setNow(new PatchedClass.Now(List.of(), 0, held, inJvm.fingerprints()));
                return found;
            }
            problem = run.problem();
        }
        throw new WeavingProblem("its untouched bytes can't be told from other agents' work"
                + (problem.isEmpty() ? "" : " (" + problem + ")"));
    }

    /**
     * Makes sure that a class that got its bodies while it was defined can be redefined later. An agent that
     * adds members behind us, and does so at load time only, makes a redefinition from the bytes that came
     * to us a change of shape. Then it is what the JVM holds, but for the methods of patches.
     *
     * @throws WeavingProblem if it can't be redefined from that either
     */
    void settle(PatchedClass type, Class<?> defined) throws WeavingProblem {
        String problem = classBytes.dryRun(defined, type.base()).problem();
        if (problem.isEmpty()) {
            return;
        }
        byte[] held = classBytes.capture(List.of(defined)).get(defined);
        if (held == null) {
            throw new WeavingProblem("the JVM does not let it be redefined");
        }
        List<Weave> bodies = new ArrayList<>();
        for (MethodId method : type.patchableMethods()) {
            bodies.add(Weave.single(method, type.base()));
        }
        byte[] base = Weaver.weave(held, bodies, 0).bytes();
        ClassBytes.DryRun run = classBytes.dryRun(defined, base);
        ClassView view = ClassView.of(base);
        if (run.result() == null || !ClassView.of(run.result()).isSame(view)) {
            throw new WeavingProblem(problem);
        }
        type.rebase(base, view.fingerprints());
    }

    private static List<byte[]> candidates(Class<?> type, byte[] held, ClassPatch patch) {
        List<byte[]> candidates = new ArrayList<>();
        candidates.add(held);
        candidates.add(patch.before());
        byte[] onDisk = onDisk(type.getClassLoader(), patch.name());
        if (onDisk != null) {
            candidates.add(onDisk);
        }
        return candidates;
    }

    /**
     * Lets the JDK set up how its own class files are read, which takes a while. Where it finds no memory for
     * that, it fails for good, and no class that names one of the JDK can be examined any more.
     */
    static void setUpReading() {
        onDisk(ClassLoader.getSystemClassLoader(), "java/lang/Object");
        PatchFile.setUpReading();
    }

    /** What the loader would read today; never trusted, only tried. */
    static byte @Nullable [] onDisk(@Nullable ClassLoader loader, String name) {
        String path = name + ".class";
        try (InputStream in = loader == null
                ? Object.class.getResourceAsStream("/" + path)
                : open(loader, path)) {
            return in == null ? null : in.readAllBytes();
        } catch (IOException | RuntimeException | LinkageError unreadable) {
            return null;
        }
    }

    /**
     * Past the JDK's cache of open jars. They are shared by all that read the same jar, and a loader of
     * which a stream was asked closes them when it is closed: under our hands, or the application's.
     */
    private static @Nullable InputStream open(ClassLoader loader, String path) throws IOException {
        URL url = loader.getResource(path);
        if (url == null) {
            return loader.getResourceAsStream(path); // some loaders have streams only
        }
        URLConnection connection = url.openConnection();
        connection.setUseCaches(false);
        return connection.getInputStream();
    }

    /** A class's bytes as its loader would read them today differ from what the JVM holds. */
    static boolean differsOnDisk(PatchedClass type, ClassPatch change) {
        Class<?> defined = type.type().orElse(null);
        byte[] disk = defined == null ? null : onDisk(defined.getClassLoader(), type.name());
        if (disk == null) {
            return false;
        }
        try {
            Map<MethodId, String> there = ClassView.of(disk).fingerprints();
            return change.methods().stream()
                    .anyMatch(method -> !Objects.equals(
                            there.get(method.id()), type.baseFingerprints().get(method.id())));
        } catch (WeavingProblem unreadable) {
            return true;
        }
    }

    /** What a new body will find under a name: a class of ours, or what the loader would read. */
    static byte @Nullable [] linked(@Nullable ClassLoader loader, String name) {
        byte[] ours = PatchApi.classFile(name);
        return ours == null ? onDisk(loader, name) : ours;
    }

    /** What the patch could do with the methods of a class, by its untouched bytes. */
    Verdict.OfClass verdict(PatchedClass type, ClassPatch patch) throws WeavingProblem {
        Verdict.OfClass plain = compare(type, patch, Views.plain());
        if (!plain.verdict().refuses() || type.type().isEmpty() || type.loader() == null) {
            return plain;
        }
        // An agent that works at load time only left its traces in the untouched bytes.
        Class<?> defined = type.type().get();
        Views views = new Views(
                fingerprints(scratch.asLoaded(defined, patch.name(), patch.before())),
                fingerprints(scratch.asLoaded(defined, patch.name(), patch.after())));
        return compare(type, patch, views);
    }

    /** The verdict of raw bytes alone; for a class that is just being defined. */
    static Verdict.OfClass compareRaw(PatchedClass type, ClassPatch patch) throws WeavingProblem {
        return compare(type, patch, Views.plain());
    }

    private static Map<MethodId, String> fingerprints(byte @Nullable [] classFile)
            throws WeavingProblem {
        return classFile == null ? Map.of() : ClassView.of(classFile).fingerprints();
    }

    private static Verdict.OfClass compare(PatchedClass type, ClassPatch patch, Views views)
            throws WeavingProblem {
        ClassView base = ClassView.of(type.base());
        boolean fixed = patch.tellsReleases() && base.fingerprint().equals(patch.fixed());
        Map<MethodId, Verdict.OfMethod> methods = new LinkedHashMap<>();
        for (MethodPatch method : patch.methods()) {
            methods.put(
                    method.id(),
                    fixed
                            ? new Verdict.OfMethod(Verdict.NATIVE, "")
                            : compare(type, base, method, views));
        }
        return new Verdict.OfClass(methods);
    }

    private static Verdict.OfMethod compare(
            PatchedClass type, ClassView base, MethodPatch method, Views views) {
        String held = type.baseFingerprints().get(method.id());
        if (held == null) {
            return new Verdict.OfMethod(Verdict.MISMATCH, "missing");
        }
        if (base.isBodiless(method.id())) {
            return new Verdict.OfMethod(Verdict.MISMATCH, "abstract or native");
        }
        if (base.isIntrinsic(method.id())) {
            return new Verdict.OfMethod(Verdict.MISMATCH, "intrinsic");
        }
        if (base.isHidden(method.id())) {
            return new Verdict.OfMethod(Verdict.MISMATCH, "hidden from stack traces");
        }
        if (PatchingPath.contains(type.name(), method.id())) {
            return new Verdict.OfMethod(Verdict.MISMATCH, "used by the patching");
        }
        if (held.equals(method.before()) || held.equals(views.before().get(method.id()))) {
            return Verdict.OfMethod.patchable();
        }
        if (held.equals(method.after()) || held.equals(views.after().get(method.id()))) {
            return new Verdict.OfMethod(Verdict.NATIVE, "");
        }
        return new Verdict.OfMethod(Verdict.MISMATCH, "another body");
    }

    /**
     * Fingerprints that the bodies before and after would have if agents saw them being loaded; empty
     * if there is no need to know.
     */
    private record Views(Map<MethodId, String> before, Map<MethodId, String> after) {

        static Views plain() {
            return new Views(Map.of(), Map.of());
        }
    }

    /** All classes of these names that the JVM has, whatever their loader. */
    static Map<String, List<Class<?>>> find(Class<?>[] loaded, Set<String> internalNames) {
        Map<String, String> byName = new HashMap<>();
        internalNames.forEach(name -> byName.put(name.replace('/', '.'), name));
        Map<String, List<Class<?>>> found = new HashMap<>();
        for (Class<?> type : loaded) {
            String name = byName.get(type.getName());
            if (name != null && !type.isHidden()) {
                found.computeIfAbsent(name, any -> new ArrayList<>()).add(type);
            }
        }
        return found;
    }
}
