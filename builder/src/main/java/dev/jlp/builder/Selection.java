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
import java.util.Map;
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
    private final Linkage linkage;
    private final Globs includes;
    private final Globs excludes;
    private final SortedMap<String, SortedSet<MethodId>> chosen = new TreeMap<>();
    private final Set<String> asked = new HashSet<>();
    private final List<Change> changes = new ArrayList<>();
    private final Closure closure;
    private boolean refused;

    Selection(List<TargetDiff> targets, BuildOptions options, World world) {
        this.targets = targets;
        this.options = options;
        this.world = world;
        this.includes = new Globs(options.includes());
        this.excludes = new Globs(options.excludes());
        Set<String> hierarchies = new HashSet<>();
        for (TargetDiff target : targets) {
            target.classes().values().stream()
                    .filter(ClassDiff::hierarchyChanged)
                    .forEach(diff -> hierarchies.add(diff.name()));
        }
        this.linkage = new Linkage(world, hierarchies);
        this.closure = new Closure(world, linkage);
    }

    /** Whether a change that was asked for can't be had. */
    boolean refused() {
        return refused;
    }

    List<Change> changes() {
        return changes;
    }

    /** By class the methods that get a new body. */
    SortedMap<String, SortedSet<MethodId>> chosen() {
        return chosen;
    }

    Closure closure() {
        return closure;
    }

    Selection choose() throws BuildProblem {
        for (TargetDiff target : targets) {
            for (ClassDiff diff : target.classes().values()) {
                choose(diff);
            }
            if (!options.takable()) {
                for (String added : target.added()) {
                    if (isAsked(added, "")) {
                        asked.add(added);
                        closure.addClass(added);
                    }
                }
            }
        }
        if (!includes.isEmpty() && chosen.isEmpty() && asked.isEmpty()) {
            throw new BuildProblem("no change of the releases matches '"
                    + String.join("', '", options.includes()) + "'");
        }
        if (!includes.isEmpty() && !options.closure() && !options.takable()) {
            checkClosed();
        }
        for (TargetDiff target : targets) {
            report(target);
        }
        return this;
    }

    private void choose(ClassDiff diff) throws BuildProblem {
        SortedSet<MethodId> methods = new TreeSet<>();
        boolean askedRefused = false;
        for (Item item : diff.items()) {
            if (isAsked(diff.name(), item.memberName())) {
                asked.add(item.change().subject());
                askedRefused |= item.change().verdict() == Verdict.REFUSED;
                if (item.method() != null) {
                    methods.add(item.method());
                }
            }
        }
        withCompilerMade(diff, methods);
        if (options.takable() && askedRefused) {
            return;
        }
        refused |= askedRefused;
        SortedSet<String> missing = missing(diff, methods);
        if (!missing.isEmpty()) {
            refused |= !options.takable();
            changes.add(new Change(
                    diff.items().get(0).change().target(),
                    diff.name(),
                    "",
                    Kind.LINK,
                    Verdict.REFUSED,
                    false,
                    "the new bodies would not link: " + String.join(", ", missing)));
            return;
        }
        if (!methods.isEmpty()) {
            chosen.put(diff.name(), methods);
            closure.add(diff.name(), bodies(diff, methods));
        }
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
                        && MemberMatching.isNumbered(made)
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

    private SortedSet<String> missing(ClassDiff diff, SortedSet<MethodId> methods)
            throws BuildProblem {
        return new Closure(world, linkage)
                .add(diff.name(), bodies(diff, methods))
                .missing();
    }

    private static List<MethodNode> bodies(ClassDiff diff, SortedSet<MethodId> methods) {
        List<MethodNode> bodies = new ArrayList<>();
        diff.bodies().forEach((id, body) -> {
            if (methods.contains(id)) {
                bodies.add(body);
            }
        });
        return bodies;
    }

    /** Without the closure option, what the chosen changes need must have been chosen too. */
    private void checkClosed() {
        for (Map.Entry<String, String> needed : closure.needed().entrySet()) {
            String subject = needed.getKey().replace('/', '.');
            int end = needed.getKey().indexOf('.');
            String type = end < 0 ? needed.getKey() : needed.getKey().substring(0, end);
            String member = end < 0 ? "" : needed.getKey().substring(end + 1);
            boolean there = asked.contains(type) || asked.stream().anyMatch(subject::equals);
            boolean compilerMade = member.startsWith("lambda$") || member.startsWith("access$");
            if (!there && !compilerMade && !asked.contains(type.replace('/', '.') + "." + member)) {
                refused = true;
                changes.add(new Change(
                        targetOf(type),
                        type,
                        member,
                        Kind.LINK,
                        Verdict.REFUSED,
                        false,
                        "the chosen changes need " + needed.getValue()
                                + ": include it or use the closure option"));
            }
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
            SortedSet<MethodId> methods = chosen.getOrDefault(diff.name(), new TreeSet<>());
            SortedSet<MethodId> companions =
                    closure.companions().getOrDefault(diff.name(), new TreeSet<>());
            for (Item item : diff.items()) {
                boolean done = item.method() != null && methods.contains(item.method());
                boolean moved = item.change().kind() == Kind.ADDED_METHOD
                        && companions.stream()
                                .anyMatch(
                                        id -> id.toString().equals(item.change().member()));
                boolean kept = item.method() == null
                        && item.change().verdict() != Verdict.REFUSED
                        && item.change().kind() != Kind.ADDED_METHOD
                        && chosen.containsKey(diff.name());
                boolean taken = done || moved || kept;
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
                    closure.classes().contains(added),
                    "the class is added"));
        }
        changes.addAll(target.removed());
    }
}
