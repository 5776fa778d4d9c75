package dev.jlp.runtime;

import dev.jlp.patch.AddedClass;
import dev.jlp.patch.ClassPatch;
import dev.jlp.patch.MethodId;
import dev.jlp.patch.MethodPatch;
import dev.jlp.patch.Target;
import dev.jlp.weaver.Linkage;
import dev.jlp.weaver.Weave;
import dev.jlp.weaver.Weaver;
import dev.jlp.weaver.WeavingProblem;
import dev.jlp.weaver.Woven;

import org.jspecify.annotations.Nullable;

import java.lang.ref.Reference;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * What a patch would meet in this JVM: verdicts of every class that is loaded, reached without changing
 * anything.
 *
 * @param verdicts by class that could be read
 * @param problems one sentence per method or class that can't be patched
 */
record Examination(Map<PatchedClass, Verdict.OfClass> verdicts, List<Problem> problems) {

    /**
     * Something that can't be patched.
     *
     * @param verdict why, in one word
     * @param where target and loader
     * @param what class and method
     * @param detail why, in words
     */
    record Problem(Verdict verdict, Instance where, String what, String detail) {

        @Override
        public String toString() {
            return "'" + what + "' in loader '" + where.loader() + "': " + verdict.word()
                    + (detail.isEmpty() ? "" : " (" + detail + ")");
        }
    }

    /** Instances in which something is to be patched, targets in their order. */
    Set<Instance> instances(LoadedPatch patch) {
        Set<Instance> instances = new LinkedHashSet<>();
        for (Target target : patch.patch().targets()) {
            verdicts.forEach((type, verdict) -> {
                if (verdict.verdict() == Verdict.PATCHABLE
                        && patch.targetOf(type.name()).equals(target.name())) {
                    instances.add(new Instance(target.name(), type.where()));
                }
            });
        }
        problems.forEach(problem -> instances.remove(problem.where()));
        return instances;
    }

    /** How many methods have each verdict, by its word. */
    Map<String, Integer> counts() {
        Map<String, Integer> counts = new TreeMap<>();
        verdicts.values()
                .forEach(type -> type.methods()
                        .values()
                        .forEach(method -> counts.merge(method.verdict().word(), 1, Integer::sum)));
        return counts;
    }

    /**
     * What the classes of a target meet in a loader.
     *
     * @param linkage what they find there
     * @param undefined names of added classes that only a load defines
     */
    private record Surroundings(Linkage linkage, List<String> undefined) {

        /**
         * Whether a class names something that is not defined yet. Its verification may ask for the supertypes
         * of that, so it is not told by a dry run: the redefinition tells, which refuses the load if it must.
         */
        boolean isAwaited(byte[] classFile) {
            String text = new String(classFile, StandardCharsets.ISO_8859_1);
            return undefined.stream().anyMatch(text::contains);
        }
    }

    /** Examines classes; see {@link Examiner}. Used by the worker only. */
    static final class Examining {

        private final ClassBytes classBytes;
        private final Examiner examiner;
        private final FixedInstances fixedInstances;
        private final Function<Class<?>, @Nullable PatchedClass> known;
        private final Map<PatchedClass, Verdict.OfClass> verdicts = new LinkedHashMap<>();
        private final List<Problem> problems = new ArrayList<>();

        Examining(
                ClassBytes classBytes,
                Examiner examiner,
                FixedInstances fixedInstances,
                Function<Class<?>, @Nullable PatchedClass> known) {
            this.classBytes = classBytes;
            this.examiner = examiner;
            this.fixedInstances = fixedInstances;
            this.known = known;
        }

        /** The loaded classes of a patch, none of which is collected before the answer. */
        Examination examine(LoadedPatch patch, Map<String, List<Class<?>>> loaded) {
            try {
                return examineHeld(patch, loaded);
            } finally {
                // A loader that went meanwhile would be taken for the boot loader, where all is
                // missing.
                Reference.reachabilityFence(loaded);
            }
        }

        private Examination examineHeld(LoadedPatch patch, Map<String, List<Class<?>>> loaded) {
            List<Class<?>> unknown = new ArrayList<>();
            loaded.values()
                    .forEach(types -> types.stream()
                            .filter(type -> known.apply(type) == null)
                            .forEach(unknown::add));
            Map<Class<?>, byte[]> held = unknown.isEmpty() ? Map.of() : classBytes.capture(unknown);
            for (Target target : patch.patch().targets()) {
                for (ClassPatch change : target.classes()) {
                    for (Class<?> type : loaded.getOrDefault(change.name(), List.of())) {
                        examine(target, type, held.get(type), change);
                    }
                }
            }
            judge(patch, true);
            judge(patch, false);
            for (Target target : patch.patch().targets()) {
                link(patch, target);
            }
            verdicts.forEach(
                    (type, verdict) -> collectProblems(patch.targetOf(type.name()), type, verdict));
            return new Examination(verdicts, problems);
        }

        /** First the classes that tell which release their loader has, then the others. */
        private void judge(LoadedPatch patch, boolean telling) {
            verdicts.replaceAll((type, verdict) -> {
                ClassPatch change = patch.patchOf(type.name());
                Instance instance = new Instance(patch.targetOf(type.name()), type.where());
                return change.tellsReleases() == telling
                        ? fixedInstances.verdict(patch, instance, change, verdict)
                        : verdict;
            });
        }

        private void examine(
                Target target, Class<?> type, byte @Nullable [] held, ClassPatch change) {
            try {
                PatchedClass found = known.apply(type);
                if (found == null) {
                    if (held == null) {
                        throw new WeavingProblem(
                                "the JVM does not let it be redefined;"
                                        + " so it is when its static initialiser failed or it can't be linked");
                    }
                    found = examiner.untouched(type, held, change);
                }
                verdicts.put(found, examiner.verdict(found, change));
            } catch (WeavingProblem unreadable) {
                problems.add(new Problem(
                        Verdict.MISMATCH,
                        Instance.of(target.name(), type.getClassLoader()),
                        type.getName(),
                        String.valueOf(unreadable.getMessage())));
            }
        }

        /** Everything a new body names must be there, and the woven class must verify. */
        private void link(LoadedPatch patch, Target target) {
            Map<String, ClassPatch> changes = new HashMap<>();
            target.classes().forEach(change -> changes.put(change.name(), change));
            Map<ClassLoader, Surroundings> seen = new HashMap<>();
            Map<ClassLoader, String> conflicts = new HashMap<>();
            for (PatchedClass type : List.copyOf(verdicts.keySet())) {
                ClassPatch change = changes.get(type.name());
                if (change != null) {
                    Surroundings around = seen.computeIfAbsent(
                            type.loader(),
                            loader -> surroundings(patch.order().found(target, loader), loader));
                    String conflict = conflicts.computeIfAbsent(
                            type.loader(),
                            loader -> AddedClasses.conflict(target, loader, this::held));
                    verdicts.computeIfPresent(
                            type,
                            (same, verdict) -> conflict.isEmpty()
                                    ? verified(
                                            same,
                                            verdict.linkedBy(around.linkage(), change),
                                            change,
                                            around)
                                    : verdict.unlinkable(conflict));
                }
            }
        }

        private Surroundings surroundings(List<AddedClass> found, @Nullable ClassLoader loader) {
            Map<String, Class<?>> loaded = classBytes.loadedBy(loader);
            List<String> undefined = found.stream()
                    .map(AddedClass::name)
                    .filter(name -> !loaded.containsKey(name))
                    .toList();
            Linkage linkage = new Linkage(found, heldBy(loader), reader(loader, loaded));
            return new Surroundings(linkage, undefined);
        }

        /**
         * A class that is loaded is what the JVM holds, whatever file the loader would read today, if it
         * still reads any; another one is its file.
         */
        private Function<String, byte @Nullable []> reader(
                @Nullable ClassLoader loader, Map<String, Class<?>> loaded) {
            return name -> {
                Class<?> there = loaded.get(name);
                byte[] held = there == null ? null : held(there);
                return held == null ? Examiner.linked(loader, name) : held;
            };
        }

        private byte @Nullable [] held(Class<?> type) {
            return classBytes.capture(List.of(type)).get(type);
        }

        private Map<String, byte[]> heldBy(@Nullable ClassLoader loader) {
            Map<String, byte[]> held = new HashMap<>();
            for (PatchedClass type : verdicts.keySet()) {
                if (type.isOf(loader)) {
                    held.put(type.name(), type.base());
                }
            }
            return held;
        }

        private Verdict.OfClass verified(
                PatchedClass type,
                Verdict.OfClass verdict,
                ClassPatch change,
                Surroundings around) {
            if (verdict.verdict() != Verdict.PATCHABLE || type.type().isEmpty()) {
                return verdict;
            }
            List<Weave> armed = new ArrayList<>();
            List<Weave> last = new ArrayList<>();
            for (MethodPatch method : change.methods()) {
                if (verdict.isPatchable(method.id())) {
                    armed.add(Weave.both(method.id(), type.base(), change.after()));
                    last.add(Weave.single(method.id(), change.after()));
                }
            }
            String problem = refusedBy(type, armed, around);
            if (problem.isEmpty()) {
                problem = refusedBy(type, last, around);
            }
            if (problem.isEmpty()) {
                return verdict;
            }
            Map<MethodId, Verdict.OfMethod> methods = new LinkedHashMap<>(verdict.methods());
            Verdict.OfMethod unlinkable = new Verdict.OfMethod(Verdict.UNLINKABLE, problem);
            armed.forEach(weave -> methods.put(weave.method(), unlinkable));
            return new Verdict.OfClass(methods);
        }

        private String refusedBy(PatchedClass type, List<Weave> weaves, Surroundings around) {
            try {
                Class<?> defined = type.type().orElseThrow();
                Woven woven = Weaver.weave(type.base(), weaves, 1);
                Outlining.tryOut(defined, woven.outlined());
                String problem = classBytes.dryRun(defined, woven.bytes()).problem();
                boolean early = problem.startsWith(VerifyError.class.getName())
                        && around.isAwaited(woven.bytes());
                return early ? "" : problem.lines().findFirst().orElse("");
            } catch (WeavingProblem | Outlining.OutliningProblem problem) {
                return String.valueOf(problem.getMessage());
            }
        }

        private void collectProblems(String target, PatchedClass type, Verdict.OfClass verdict) {
            verdict.methods().forEach((method, found) -> {
                if (found.verdict().refuses()) {
                    problems.add(new Problem(
                            found.verdict(),
                            new Instance(target, type.where()),
                            type.name().replace('/', '.') + "." + method,
                            found.detail()));
                }
            });
        }
    }
}
