package dev.jlp.builder;

import dev.jlp.patch.MethodId;

import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.MethodNode;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** What a set of new bodies needs, and what that needs in turn. */
final class Closure {

    private record Body(String context, MethodNode method) {}

    private final World world;
    private final Linkage linkage;
    private final Deque<Body> open = new ArrayDeque<>();
    private final SortedSet<String> classes = new TreeSet<>();
    private final SortedMap<String, SortedSet<MethodId>> companions = new TreeMap<>();
    private final SortedSet<String> missing = new TreeSet<>();

    Closure(World world, Linkage linkage) {
        this.world = world;
        this.linkage = linkage;
    }

    /** Added classes that are needed. */
    SortedSet<String> classes() {
        return classes;
    }

    /** Added methods that need a companion, by class. */
    SortedMap<String, SortedSet<MethodId>> companions() {
        return companions;
    }

    /** What can't be had, a phrase each. */
    SortedSet<String> missing() {
        return missing;
    }

    /** Adds the new bodies of a class. */
    Closure add(String className, Iterable<MethodNode> bodies) throws BuildProblem {
        bodies.forEach(body -> open.add(new Body(className, body)));
        while (!open.isEmpty()) {
            Body body = open.remove();
            for (Need need : linkage.needs(body.context(), body.method())) {
                add(body.context(), need);
            }
        }
        return this;
    }

    void addClass(String name) throws BuildProblem {
        add(name, Need.addedClass(name));
        add(name, List.of());
    }

    private void add(String context, Need need) throws BuildProblem {
        switch (need.kind()) {
            case MISSING -> missing.add(need.text());
            case ADDED_CLASS -> {
                if (classes.add(need.owner())) {
                    openClass(need.owner());
                }
            }
            case COMPANION -> {
                MethodId id = need.method();
                if (id != null
                        && companions
                                .computeIfAbsent(need.owner(), unseen -> new TreeSet<>())
                                .add(id)) {
                    openCompanion(need.owner(), id);
                }
            }
        }
        if (need.kind() == Need.Kind.COMPANION
                && !ClassFiles.packageOf(context).equals(ClassFiles.packageOf(need.owner()))) {
            Need type = linkage.classNeed(context, need.owner());
            if (type != null) {
                missing.add(type.text());
            }
        }
    }

    private void openClass(String name) throws BuildProblem {
        ClassNode type = world.after(name);
        if (type == null) {
            throw new BuildProblem("the class '" + name + "' is missing");
        }
        type.methods.forEach(method -> open.add(new Body(name, method)));
        superTypes(name, type);
    }

    private void superTypes(String name, ClassNode type) throws BuildProblem {
        List<String> supers = new ArrayList<>(type.interfaces);
        supers.add(type.superName);
        for (String ancestor : supers) {
            Need need = linkage.classNeed(name, ancestor);
            if (need != null) {
                add(name, need);
            }
        }
    }

    private void openCompanion(String owner, MethodId id) throws BuildProblem {
        ClassNode type = world.after(owner);
        MethodNode method =
                type == null ? null : ClassFiles.method(type, id.name(), id.descriptor());
        if (method == null) {
            throw new BuildProblem("the method '" + owner + "." + id + "' is missing");
        }
        open.add(new Body(Companions.placeholder(owner), method));
    }

    /** Everything that was needed, for people. */
    SortedMap<String, String> needed() {
        SortedMap<String, String> texts = new TreeMap<>();
        classes.forEach(name -> texts.put(name, Need.addedClass(name).text()));
        for (Map.Entry<String, SortedSet<MethodId>> entry : companions.entrySet()) {
            for (MethodId id : entry.getValue()) {
                texts.put(
                        entry.getKey() + "." + id,
                        Need.companion(entry.getKey(), id).text());
            }
        }
        return texts;
    }
}
