package dev.jlp.builder;

import dev.jlp.builder.Change.Kind;
import dev.jlp.builder.Change.Verdict;
import dev.jlp.builder.Overrides.Method;
import dev.jlp.patch.MethodId;

import org.jspecify.annotations.Nullable;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.MethodNode;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** One class of both releases: its differences, and the new bodies that could be taken. */
final class ClassDiff {

    /**
     * A difference and what it is about.
     *
     * @param change with its verdict
     * @param method the method of the original class whose body it changes, if it does
     * @param field the field that is to be read elsewhere, if it is about one
     */
    record Item(
            Change change,
            @Nullable MethodId method,
            @Nullable FieldKey field) {

        /** The member's name without a descriptor, as globs choose it. */
        String memberName() {
            String member = change.member();
            int end = field == null ? member.indexOf('(') : -1;
            return end < 0 ? member : member.substring(0, end);
        }
    }

    private final String target;
    private final ClassNode before;
    private final ClassNode after;
    private final List<Item> items = new ArrayList<>();
    private final SortedMap<MethodId, MethodNode> bodies = new TreeMap<>();
    private final Set<MethodId> outlined = new HashSet<>();
    private final SortedMap<FieldKey, SortedSet<Method>> remade = new TreeMap<>();
    private @Nullable Initialisers initialisers;
    private boolean whole;

    ClassDiff(String target, ClassNode before, ClassNode after) {
        this.target = target;
        this.before = before;
        this.after = after;
    }

    /** Compares a class of both releases, compiler-made members under their old names in both. */
    static ClassDiff of(String target, ClassNode before, ClassNode after, World world)
            throws BuildProblem {
        ClassDiff diff = new ClassDiff(target, before, after);
        new ShapeDiff(diff, world).compare();
        new MethodDiff(diff, world).compare();
        new InitialiserDiff(diff).compare();
        GroovySites.judge(diff);
        Serialization.judge(diff, world);
        return diff;
    }

    String name() {
        return before.name;
    }

    ClassNode before() {
        return before;
    }

    ClassNode after() {
        return after;
    }

    List<Item> items() {
        return items;
    }

    /** New bodies under the original's names and flags. */
    SortedMap<MethodId, MethodNode> bodies() {
        return bodies;
    }

    boolean hierarchyChanged() {
        return items.stream()
                .anyMatch(i -> i.change().kind() == Kind.HIERARCHY
                        && i.change().verdict() == Verdict.REFUSED);
    }

    boolean refused() {
        return items.stream().anyMatch(i -> i.change().verdict() == Verdict.REFUSED);
    }

    /** Replaces verdicts by what somebody who knows more says. */
    void judgeAgain(UnaryOperator<Change> judge) {
        items.replaceAll(item -> new Item(judge.apply(item.change()), item.method(), item.field()));
    }

    void add(Kind kind, String member, Verdict verdict, String reason) {
        items.add(new Item(change(kind, member, verdict, reason), null, null));
    }

    void addBody(Kind kind, MethodNode body, Verdict verdict, String reason) {
        MethodId id = new MethodId(body.name, body.desc);
        items.add(new Item(change(kind, id.toString(), verdict, reason), id, null));
        bodies.put(id, body);
    }

    /** The new body is in a form that the class can't hold. */
    void outline(MethodId method) {
        outlined.add(method);
    }

    boolean isOutlined(MethodId method) {
        return outlined.contains(method);
    }

    /** The new bodies go together: each would fail or do something else beside old ones. */
    void takeWhole() {
        whole = true;
    }

    boolean isTakenWhole() {
        return whole;
    }

    /** A field of both releases whose readers are to read elsewhere. */
    void addMoved(Kind kind, FieldKey field, Verdict verdict, String reason) {
        items.add(new Item(change(kind, field.name(), verdict, reason), null, field));
    }

    /** An unchanged initialiser runs these changed methods, and can be run again with them. */
    void remake(FieldKey field, SortedSet<Method> causes) {
        remade.put(field, causes);
    }

    /** Fields that are only worth another home if one of these methods is taken. */
    SortedMap<FieldKey, SortedSet<Method>> remade() {
        return remade;
    }

    /** A static field starts anew because the author wants it, whatever was found about it. */
    void startAnew(FieldKey field) {
        if (items.stream().anyMatch(item -> field.equals(item.field()))) {
            return;
        }
        items.removeIf(item -> item.change().kind() == Kind.STATIC_INITIALISER
                && item.change().member().equals(field.name()));
        addMoved(
                Kind.STATIC_INITIALISER,
                field,
                Verdict.DONE_WITH_CARE,
                "it starts anew, as asked for: the releases' code does not see what it held");
    }

    /** What the static initialiser of the fixed class does otherwise. */
    Initialisers initialisers() {
        Initialisers known = initialisers;
        if (known == null) {
            known = Initialisers.compare(before, after);
            initialisers = known;
        }
        return known;
    }

    private Change change(Kind kind, String member, Verdict verdict, String reason) {
        return new Change(target, before.name, member, kind, verdict, false, reason);
    }
}
