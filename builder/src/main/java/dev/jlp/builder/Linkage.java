package dev.jlp.builder;

import dev.jlp.patch.Link;
import dev.jlp.patch.MethodId;
import dev.jlp.weaver.Reference;

import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FieldNode;
import org.objectweb.asm.tree.MethodNode;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Whether a new body finds what it names: in the classes as they are before the patch, since a
 * redefinition adds no member and opens none, and in the classes that the patch adds.
 */
final class Linkage {

    private final World world;
    private final Set<String> changedHierarchies;

    Linkage(World world, Set<String> changedHierarchies) {
        this.world = world;
        this.changedHierarchies = changedHierarchies;
    }

    /** What a body in a class needs beyond what is there. */
    List<Need> needs(String context, MethodNode body) throws BuildProblem {
        List<Need> needs = new ArrayList<>();
        for (Reference reference : Reference.of(body)) {
            Need need = need(context, body.name, reference);
            if (need != null) {
                needs.add(need);
            }
        }
        return needs;
    }

    @Nullable
    Need classNeed(String context, String name) throws BuildProblem {
        if (world.isAdded(name)) {
            return Need.addedClass(name);
        }
        if (changedHierarchies.contains(name)) {
            return Need.missing("'" + dotted(name) + "' would need its new supertypes");
        }
        ClassNode type = world.inOriginal(name) ? world.before(name) : null;
        boolean open = type == null
                || ClassFiles.has(type.access, Opcodes.ACC_PUBLIC)
                || samePackage(context, name);
        return open ? null : Need.missing("'" + dotted(name) + "' is not public");
    }

    private @Nullable Need need(String context, String method, Reference reference)
            throws BuildProblem {
        Link link = reference.link();
        Need type = classNeed(context, link.owner());
        if (type != null || link.kind() == Link.Kind.CLASS) {
            return type;
        }
        Member after = resolve(link, false);
        if (after.state == State.FOUND
                && world.inOriginal(after.owner())
                && declared(world.before(after.owner()), link) == null) {
            return added(link, after);
        }
        Member before = resolve(link, true);
        return switch (before.state) {
            case UNKNOWN -> null;
            case MISSING -> Need.missing("'" + text(link) + "' does not exist there");
            case FOUND -> check(context, method, reference, before);
        };
    }

    private Need added(Link link, Member after) throws BuildProblem {
        ClassNode owner = world.after(after.owner());
        MethodNode method =
                owner == null ? null : ClassFiles.method(owner, link.name(), link.descriptor());
        if (owner != null
                && method != null
                && owner.name.equals(link.owner())
                && Companions.canHold(owner, method)) {
            return Need.companion(after.owner(), new MethodId(method.name, method.desc));
        }
        return Need.missing("'" + text(link) + "' does not exist there");
    }

    private @Nullable Need check(String context, String method, Reference reference, Member found)
            throws BuildProblem {
        Link link = reference.link();
        boolean wantsStatic =
                link.kind() == Link.Kind.STATIC_FIELD || link.kind() == Link.Kind.STATIC_METHOD;
        if (wantsStatic != ClassFiles.has(found.access(), Opcodes.ACC_STATIC)) {
            return Need.missing("'" + text(link) + "' is "
                    + (wantsStatic ? "not static there" : "static there"));
        }
        if (reference.use() == Reference.Use.WRITE
                && ClassFiles.has(found.access(), Opcodes.ACC_FINAL)
                && !(method.equals("<init>") && context.equals(found.owner()))) {
            return Need.missing("'" + text(link) + "' is final there");
        }
        if (reference.use() == Reference.Use.SPECIAL && world.before(context) == null) {
            return Need.missing("'" + text(link) + "' can be called from its own class only");
        }
        return accessible(context, found)
                ? null
                : Need.missing("'" + text(link) + "' is not accessible there");
    }

    private boolean accessible(String context, Member member) throws BuildProblem {
        int access = member.access();
        if (!world.inOriginal(member.owner()) && !world.isAdded(member.owner())) {
            return true; // nothing about it changes
        }
        if (ClassFiles.has(access, Opcodes.ACC_PUBLIC) || context.equals(member.owner())) {
            return true;
        }
        if (ClassFiles.has(access, Opcodes.ACC_PRIVATE)) {
            return nestHost(context).equals(nestHost(member.owner()));
        }
        return samePackage(context, member.owner())
                || (ClassFiles.has(access, Opcodes.ACC_PROTECTED)
                        && inherits(context, member.owner()));
    }

    /** A class is in the nest that it names only if the host as it is before names it too. */
    private String nestHost(String name) throws BuildProblem {
        ClassNode type = world.isAdded(name) ? world.after(name) : world.before(name);
        if (type == null || type.nestHostClass == null) {
            return name;
        }
        ClassNode host = world.before(type.nestHostClass);
        boolean member =
                host != null && host.nestMembers != null && host.nestMembers.contains(name);
        return member ? type.nestHostClass : name;
    }

    private boolean inherits(String name, String ancestor) throws BuildProblem {
        for (String at = name; at != null; ) {
            if (at.equals(ancestor)) {
                return true;
            }
            ClassNode type = world.isAdded(at) ? world.after(at) : world.before(at);
            if (type == null) {
                return false;
            }
            at = type.superName;
        }
        return false;
    }

    private enum State {
        FOUND,
        MISSING,
        UNKNOWN
    }

    private record Member(State state, String owner, int access) {}

    /** Looks a member up through the supertypes; unknown if one of them is not known. */
    private Member resolve(Link link, boolean before) throws BuildProblem {
        Deque<String> open = new ArrayDeque<>(List.of(link.owner()));
        Set<String> seen = new HashSet<>();
        boolean unknown = false;
        while (!open.isEmpty()) {
            String name = open.removeFirst();
            if (!seen.add(name)) {
                continue;
            }
            ClassNode type =
                    before && !world.isAdded(name) ? world.before(name) : world.after(name);
            if (type == null) {
                unknown = true;
                continue;
            }
            Integer access = declared(type, link);
            if (access != null) {
                return new Member(State.FOUND, name, access);
            }
            type.interfaces.forEach(open::addLast);
            if (type.superName != null) {
                open.addFirst(type.superName);
            }
        }
        boolean polymorphic = link.owner().startsWith("java/lang/invoke/");
        return new Member(unknown || polymorphic ? State.UNKNOWN : State.MISSING, "", 0);
    }

    private static @Nullable Integer declared(@Nullable ClassNode type, Link link) {
        if (type == null) {
            return null;
        }
        if (link.descriptor().startsWith("(")) {
            MethodNode method = ClassFiles.method(type, link.name(), link.descriptor());
            return method == null ? null : Integer.valueOf(method.access);
        }
        for (FieldNode field : type.fields) {
            if (field.name.equals(link.name()) && field.desc.equals(link.descriptor())) {
                return field.access;
            }
        }
        return null;
    }

    private static boolean samePackage(String left, String right) {
        return ClassFiles.packageOf(left).equals(ClassFiles.packageOf(right));
    }

    private static String dotted(String name) {
        return name.replace('/', '.');
    }

    private static String text(Link link) {
        String descriptor = link.descriptor().startsWith("(") ? link.descriptor() : "";
        return dotted(link.owner()) + "." + link.name() + descriptor;
    }
}
