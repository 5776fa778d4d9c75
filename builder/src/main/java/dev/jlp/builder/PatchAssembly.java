package dev.jlp.builder;

import dev.jlp.builder.Change.Verdict;
import dev.jlp.patch.AddedClass;
import dev.jlp.patch.ClassPatch;
import dev.jlp.patch.MethodId;
import dev.jlp.patch.MethodPatch;
import dev.jlp.patch.Patch;
import dev.jlp.patch.Target;
import dev.jlp.weaver.Fingerprints;
import dev.jlp.weaver.Reference;

import org.objectweb.asm.ClassReader;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.MethodNode;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** Puts what was chosen into a patch. */
final class PatchAssembly {

    /** Beyond it the JIT compiler does not compile a method. */
    private static final int BODY_BYTES_NOTED = 8_000;

    /** A redefinition merges new constants in quadratic time. */
    private static final int CONSTANTS_NOTED = 3_000;

    private final List<TargetDiff> targets;
    private final BuildOptions options;
    private final World world;
    private final Selection selection;
    private final LoweredCode lowered;
    private final Naming naming;
    private final CallbackSources callbacks;
    private final Globs quiesce;
    private final List<String> notes;

    PatchAssembly(
            List<TargetDiff> targets,
            BuildOptions options,
            World world,
            Selection selection,
            CallbackSources callbacks,
            List<String> notes)
            throws BuildProblem {
        this.targets = targets;
        this.options = options;
        this.world = world;
        this.selection = selection;
        this.lowered = selection.lowered();
        this.naming = lowered.naming();
        this.callbacks = callbacks;
        this.quiesce = new Globs(options.quiesce());
        this.notes = new ArrayList<>(notes);
    }

    List<String> notes() {
        return notes;
    }

    /** The patch; nothing if no body changes. */
    Optional<Patch> patch() throws BuildProblem {
        List<Target> made = new ArrayList<>();
        for (TargetDiff target : targets) {
            Target one = target(target);
            if (!one.classes().isEmpty() || !one.added().isEmpty()) {
                made.add(one);
            }
        }
        callbacks.requireChanges(
                targets,
                made.stream()
                        .filter(target -> !target.classes().isEmpty())
                        .map(Target::name)
                        .toList());
        noteChanges();
        if (made.stream().allMatch(target -> target.classes().isEmpty())) {
            return Optional.empty();
        }
        String set = options.replaceSet();
        if (set.isEmpty()) {
            set = made.size() == 1 ? made.get(0).name() : options.name();
        }
        return Optional.of(new Patch(
                options.name(),
                options.version(),
                options.replace(),
                set,
                List.copyOf(options.supersedes()),
                options.states(),
                List.copyOf(made),
                List.copyOf(notes),
                PatchBuilder.TOOL,
                BuildResult.differences(selection.changes())));
    }

    private Target target(TargetDiff target) throws BuildProblem {
        List<ClassPatch> classes = new ArrayList<>();
        for (String name : target.original().classes().keySet()) {
            if (lowered.changedClasses().contains(name) || mayQuiesce(target, name)) {
                ClassPatch made = classPatch(target, name);
                if (!made.methods().isEmpty()) {
                    classes.add(made);
                }
            }
        }
        List<AddedClass> added = new ArrayList<>(Carried.by(options.earlier()).needed(target));
        for (String name : definable(target.added())) {
            added.add(new AddedClass(name, addedClass(target, name)));
        }
        for (AddedClass companion : lowered.companions(owners(target), naming)) {
            if (added.stream().noneMatch(one -> one.name().equals(companion.name()))) {
                added.add(companion); // a name of a companion is its content
            }
        }
        return new Target(
                target.name(),
                new Target.Provenance(
                        target.original().label(), target.original().sha256()),
                new Target.Provenance(target.fixed().label(), target.fixed().sha256()),
                List.copyOf(classes),
                List.copyOf(added),
                classes.isEmpty() ? List.of() : callbacks.of(target));
    }

    /** Classes beside which this target's companions stand. */
    private static SortedSet<String> owners(TargetDiff target) {
        SortedSet<String> owners = new TreeSet<>(target.original().classes().keySet());
        owners.addAll(target.added());
        return owners;
    }

    private boolean mayQuiesce(TargetDiff target, String name) throws BuildProblem {
        if (quiesce.isEmpty()) {
            return false;
        }
        return target.original().parse(name).methods.stream()
                .anyMatch(method -> quiesce.matches(name, method.name));
    }

    private ClassPatch classPatch(TargetDiff target, String name) throws BuildProblem {
        byte[] bytes = target.original().bytes(name);
        ClassNode before = ClassFiles.parse(bytes, name);
        ClassDiff diff = target.classes().get(name);
        Map<MethodId, MethodNode> bodies = lowered.newBodies(name, naming);
        byte[] shaped = bytes;
        if (!bodies.isEmpty()) {
            ClassNode source = diff == null ? before : diff.after();
            shaped = ClassFiles.write(ShapedClass.shape(before, source, bodies), bytes);
        }
        ClassNode after = ClassFiles.parse(shaped, name);
        ShapedClass.checkSameShape(before, after);
        noteSize(name, bytes, shaped);
        ClassPatch made = new ClassPatch(
                name, bytes, shaped, methods(before, after), fixed(target, name, before));
        notes.addAll(Arming.check(made));
        return made;
    }

    /** By what a loader that has the fixed release is known; empty if not by this class. */
    private static String fixed(TargetDiff target, String name, ClassNode before)
            throws BuildProblem {
        byte[] shipped = target.fixed().shipped().get(name);
        if (shipped == null) {
            return "";
        }
        String fixed = Fingerprints.ofClass(ClassFiles.parse(shipped, name));
        return fixed.equals(Fingerprints.ofClass(before)) ? "" : fixed;
    }

    private List<MethodPatch> methods(ClassNode before, ClassNode after) throws BuildProblem {
        Map<MethodId, String> original = Fingerprints.ofMethods(before);
        Map<MethodId, String> fixed = Fingerprints.ofMethods(after);
        List<MethodPatch> methods = new ArrayList<>();
        for (MethodId id : new TreeSet<>(original.keySet())) {
            String was = original.getOrDefault(id, "");
            String is = fixed.getOrDefault(id, "");
            MethodNode body = ClassFiles.method(after, id.name(), id.descriptor());
            boolean changed = !was.equals(is);
            if (body == null
                    || body.instructions.size() == 0
                    || (!changed && !isQuiesced(before.name, id))) {
                continue;
            }
            noteLingering(before, id, body);
            methods.add(new MethodPatch(id, was, is, !changed, Reference.links(body)));
        }
        return List.copyOf(methods);
    }

    private boolean isQuiesced(String className, MethodId id) {
        return !id.name().equals("<clinit>") && quiesce.matches(className, id.name());
    }

    private byte[] addedClass(TargetDiff target, String name) throws BuildProblem {
        byte[] bytes = target.fixed().bytes(name);
        ClassNode type = naming.named(lowered.addedClass(name));
        byte[] made = ClassFiles.write(type);
        byte[] plain = ClassFiles.write(ClassFiles.parse(bytes, name));
        return Arrays.equals(made, plain) ? bytes : made;
    }

    /** Added classes that are needed, each behind its supertypes. */
    private List<String> definable(Collection<String> added) throws BuildProblem {
        List<String> ordered = new ArrayList<>();
        for (String name : new TreeSet<>(added)) {
            if (lowered.added().contains(name)) {
                define(name, new TreeSet<>(added), ordered);
            }
        }
        return ordered;
    }

    private void define(String name, SortedSet<String> added, List<String> ordered)
            throws BuildProblem {
        if (!added.contains(name) || ordered.contains(name)) {
            return;
        }
        ClassNode type = world.after(name);
        if (type != null) {
            define(type.superName == null ? "" : type.superName, added, ordered);
            for (String ancestor : type.interfaces) {
                define(ancestor, added, ordered);
            }
        }
        ordered.add(name);
    }

    private void noteSize(String name, byte[] before, byte[] after) {
        int constants =
                new ClassReader(after).getItemCount() - new ClassReader(before).getItemCount();
        if (constants > CONSTANTS_NOTED) {
            notes.add("the new bodies of '" + name.replace('/', '.') + "' add " + constants
                    + " constants, which makes the redefinition slow");
        }
        CodeSizes.of(after).forEach((id, size) -> {
            if (lowered.bodies(name).contains(id) && size > BODY_BYTES_NOTED) {
                notes.add("the new body of '" + name.replace('/', '.') + "." + id + "' has " + size
                        + " bytes: the JIT compiler does not compile it");
            }
        });
    }

    /** The old body may hold back a load, the new one a disable. */
    private void noteLingering(ClassNode type, MethodId id, MethodNode after) throws BuildProblem {
        MethodNode before = ClassFiles.method(type, id.name(), id.descriptor());
        Optional<String> reason =
                before == null ? Optional.empty() : Lingering.reason(type, before, world);
        if (reason.isEmpty()) {
            reason = Lingering.reason(type, after, world);
        }
        reason.ifPresent(why -> notes.add("'" + type.name.replace('/', '.') + "." + id
                + "' may be on a stack for long and hold the transition back: " + why));
    }

    private void noteChanges() {
        for (Change change : selection.changes()) {
            if (!change.taken()
                    && (change.verdict() == Verdict.REFUSED
                            || change.verdict() == Verdict.NEEDS_CALLBACK)) {
                notes.add("left out: " + change);
            } else if (!change.taken() && change.kind() == Change.Kind.BODY) {
                notes.add("left out: " + change);
            } else if (change.taken() && change.verdict() == Verdict.DONE_WITH_CARE) {
                notes.add("with care: " + change);
            }
        }
    }
}
