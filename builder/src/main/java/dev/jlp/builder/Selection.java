package dev.jlp.builder;

import dev.jlp.builder.Change.Kind;
import dev.jlp.builder.Change.Verdict;
import dev.jlp.builder.ClassDiff.Item;
import dev.jlp.patch.Link;
import dev.jlp.patch.MethodId;
import dev.jlp.weaver.Reference;

import org.objectweb.asm.tree.MethodNode;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Chooses, among the differences, those that the patch takes. */
final class Selection {

    private final List<TargetDiff> targets;
    private final BuildOptions options;
    private final World world;
    private final Flattening flattening;
    private final Globs includes;
    private final Globs excludes;
    private final Globs anew;
    private final Set<String> asked = new HashSet<>();
    private final Set<String> dropped = new HashSet<>();
    private final Remade remade;
    private final SortedSet<String> enums = new TreeSet<>();
    private final SortedMap<String, SortedSet<String>> unlinked = new TreeMap<>();
    private final List<Change> changes = new ArrayList<>();
    private LoweredCode lowered;
    private boolean refused;

    Selection(List<TargetDiff> targets, BuildOptions options, World world, Flattening flattening) {
        this.targets = targets;
        this.options = options;
        this.world = world;
        this.flattening = flattening;
        this.includes = new Globs(options.includes());
        this.excludes = new Globs(options.excludes());
        this.anew = new Globs(options.anew());
        this.remade = new Remade(excludes);
        this.lowered = new LoweredCode(world, targets);
    }

    /** Whether a change that was asked for can't be had. */
    boolean refused() {
        return refused;
    }

    List<Change> changes() {
        return changes;
    }

    /** The code that the patch takes, for the shape of the original. */
    LoweredCode lowered() {
        return lowered;
    }

    Selection choose() throws BuildProblem {
        collectAsked();
        boolean again = true;
        while (again) {
            lowered = new LoweredCode(world, targets);
            take();
            dropped.forEach(name -> flattening.forbid(name, lowered));
            for (String name : enums) {
                lowered.extendEnum(name);
            }
            lowered.lower();
            again = enums.addAll(lowered.enumsToExtend());
            again |= !again && flattening.require(lowered, asked);
            again |= !again && remake();
            again |= !again && dropUnlinked();
        }
        if (!includes.isEmpty() && asked.isEmpty()) {
            throw new BuildProblem("no change of the releases matches '"
                    + String.join("', '", options.includes()) + "'");
        }
        if (!includes.isEmpty() && !options.closure() && !options.takable()) {
            checkClosed();
        }
        for (TargetDiff target : targets) {
            target.classes().values().forEach(this::checkWhole);
            report(target);
        }
        return this;
    }

    /** With the closure, values that chosen code would make otherwise are made anew; true if there are more. */
    private boolean remake() {
        boolean more = false;
        if (options.closure()) {
            for (TargetDiff target : targets) {
                for (ClassDiff diff : target.classes().values()) {
                    more |= remade.add(diff, lowered, asked);
                }
            }
        }
        return more;
    }

    private void collectAsked() {
        for (TargetDiff target : targets) {
            for (ClassDiff diff : target.classes().values()) {
                collectAsked(diff);
            }
            for (String added : target.added()) {
                if (isAsked(added, "")) {
                    asked.add(added.replace('/', '.'));
                }
            }
        }
    }

    private void collectAsked(ClassDiff diff) {
        for (Item item : diff.items()) {
            boolean startsAnew =
                    item.field() != null && anew.matchesMember(diff.name(), item.memberName());
            if (!startsAnew && !isAsked(diff.name(), item.memberName())) {
                continue;
            }
            asked.add(item.change().subject());
            Verdict verdict = item.change().verdict();
            if (verdict == Verdict.REFUSED && options.takable()) {
                dropped.add(diff.name());
            }
            boolean open = verdict == Verdict.REFUSED
                    || (verdict == Verdict.NEEDS_CALLBACK && options.callbacks().isEmpty());
            refused |= open && !options.takable();
        }
    }

    private void take() throws BuildProblem {
        for (TargetDiff target : targets) {
            for (ClassDiff diff : target.classes().values()) {
                if (!dropped.contains(diff.name())) {
                    take(diff);
                }
            }
            if (!options.takable()) {
                for (String added : target.added()) {
                    if (asked.contains(added.replace('/', '.'))) {
                        lowered.addClass(added);
                    }
                }
            }
        }
    }

    private void take(ClassDiff diff) throws BuildProblem {
        SortedSet<MethodId> methods = new TreeSet<>();
        for (Item item : diff.items()) {
            if (!asked.contains(item.change().subject())
                    || item.change().verdict() == Verdict.REFUSED) {
                continue;
            }
            if (item.method() != null) {
                methods.add(item.method());
            } else if (item.field() != null && item.change().kind() == Kind.FIELD) {
                lowered.moveField(diff.name(), item.field());
            } else if (item.field() != null) {
                moveStatic(diff, item.field());
            } else if (item.change().kind() == Kind.ADDED_FIELD) {
                addField(diff, item.change().member());
                lowered.rebindField(diff.name(), item.change().member());
            } else if (item.change().kind() == Kind.REMOVED_FIELD) {
                lowered.rebindField(diff.name(), item.change().member());
            } else if (item.change().kind() == Kind.ADDED_METHOD) {
                lowered.override(diff.name(), methodOf(item.change().member()));
            }
        }
        if (asked.contains(diff.name().replace('/', '.'))) {
            lowered.adopt(diff.name());
        }
        withCompilerMade(diff, methods);
        if (!methods.isEmpty()) {
            lowered.takeBodies(diff.name(), methods);
        }
    }

    /** The field gets a new home, and those with it that the same statements set. */
    private void moveStatic(ClassDiff diff, FieldKey field) {
        for (FieldKey key : diff.initialisers().together(Set.of(field))) {
            if (Holders.find(diff.before(), key) != null) {
                lowered.moveField(diff.name(), key);
            }
        }
    }

    private void addField(ClassDiff diff, String name) {
        if (Enums.added(diff.before(), diff.after()).stream()
                .anyMatch(constant -> constant.name().equals(name))) {
            enums.add(diff.name());
            return;
        }
        for (FieldKey key : diff.initialisers().added()) {
            if (key.name().equals(name)) {
                moveStatic(diff, key);
            }
        }
    }

    private static MethodId methodOf(String member) {
        int end = member.indexOf('(');
        return new MethodId(member.substring(0, end), member.substring(end));
    }

    /** Notes what can't be had; true if something was left out and the rest is to be tried again. */
    private boolean dropUnlinked() {
        boolean again = false;
        for (String root : lowered.roots()) {
            again |= !lowered.problems(root).isEmpty() && remade.takeBack(root, asked);
        }
        if (again) {
            return true;
        }
        for (String root : lowered.roots()) {
            SortedSet<String> problems = lowered.problems(root);
            if (!problems.isEmpty()) {
                unlinked.put(root, problems);
                refused |= !options.takable();
                again |= options.takable() && dropped.add(root);
            }
        }
        return again;
    }

    /** A lambda's body belongs to the method around it. */
    private static void withCompilerMade(ClassDiff diff, SortedSet<MethodId> methods) {
        Deque<MethodId> open = new ArrayDeque<>(methods);
        while (!open.isEmpty()) {
            MethodNode body = diff.bodies().get(open.remove());
            if (body == null) {
                continue;
            }
            for (Link link : Reference.links(body)) {
                MethodId used = new MethodId(link.name(), link.descriptor());
                MethodNode made = diff.bodies().get(used);
                if (link.owner().equals(diff.name())
                        && made != null
                        && NumberedNames.isNumbered(made)
                        && methods.add(used)) {
                    open.add(used);
                }
            }
        }
    }

    private boolean isAsked(String className, String member) {
        boolean in = includes.isEmpty() || includes.matches(className, member);
        return in && !excludes.matches(className, member);
    }

    /** Without the closure option, what the chosen changes need must have been chosen too. */
    private void checkClosed() {
        for (LoweredCode.Needed needed : lowered.needed()) {
            String subject = needed.subject();
            boolean compilerMade = NumberedNames.isNumbered(needed.member());
            if (!compilerMade && !asked.contains(subject)) {
                refused = true;
                changes.add(new Change(
                        targetOf(needed.className()),
                        needed.className(),
                        needed.member(),
                        Kind.LINK,
                        Verdict.REFUSED,
                        false,
                        "the chosen changes need the new " + needed.what() + " '" + subject
                                + "': include it or use the closure option"));
            }
        }
    }

    /** Bodies that can't stand beside old ones are chosen together or not at all. */
    private void checkWhole(ClassDiff diff) {
        List<String> bodies = diff.items().stream()
                .filter(item -> item.method() != null || item.field() != null)
                .map(item -> item.change().subject())
                .toList();
        if (diff.isTakenWhole()
                && !asked.containsAll(bodies)
                && bodies.stream().anyMatch(asked::contains)) {
            refused = true;
            changes.add(new Change(
                    targetOf(diff.name()),
                    diff.name(),
                    "",
                    Kind.LINK,
                    Verdict.REFUSED,
                    false,
                    "Groovy numbers the dynamic calls of a class, and the fixed release has other"
                            + " numbers: include or exclude the class as a whole"));
        }
    }

    private String targetOf(String type) {
        for (TargetDiff target : targets) {
            if (target.fixed().classes().containsKey(type)) {
                return target.name();
            }
        }
        return "";
    }

    private void report(TargetDiff target) {
        for (ClassDiff diff : target.classes().values()) {
            SortedSet<String> problems = unlinked.get(diff.name());
            if (problems != null) {
                changes.add(new Change(
                        target.name(),
                        diff.name(),
                        "",
                        Kind.LINK,
                        Verdict.REFUSED,
                        false,
                        "the new code would not link: " + String.join(", ", problems)));
            }
            for (Item item : diff.items()) {
                boolean taken = isTaken(diff, item);
                changes.add(
                        taken || item.method() == null || refused
                                ? item.change().taken(taken)
                                : item.change().leftOut());
            }
        }
        for (String added : target.added()) {
            changes.add(new Change(
                    target.name(),
                    added,
                    "",
                    Kind.ADDED_CLASS,
                    Verdict.DONE,
                    lowered.added().contains(added),
                    "the class is added"));
        }
        changes.addAll(flattening.changes(target, lowered));
        changes.addAll(target.removed());
    }

    private boolean isTaken(ClassDiff diff, Item item) {
        Change change = item.change();
        boolean chosen = asked.contains(change.subject()) && !dropped.contains(diff.name());
        if (item.method() != null) {
            return lowered.bodies(diff.name()).contains(item.method());
        }
        if (change.verdict() == Verdict.REFUSED || change.verdict() == Verdict.NEEDS_CALLBACK) {
            return false;
        }
        boolean needed =
                lowered.needed().stream().anyMatch(one -> one.subject().equals(change.subject()));
        return chosen || needed;
    }
}
