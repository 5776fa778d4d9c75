package dev.jlp.builder;

import dev.jlp.builder.Hierarchy.Member;
import dev.jlp.builder.Hierarchy.Side;
import dev.jlp.builder.Hierarchy.State;
import dev.jlp.patch.MethodId;

import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.InnerClassNode;
import org.objectweb.asm.tree.MethodNode;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Where everything lives that a redefinition can't add. A body that is lowered asks here for the homes of
 * what it names; what is asked for is made, lowered in turn, and so on until nothing is open.
 */
final class Homes {

    /** What a piece of code needs, and why it can't be had. Nodes are classes and members by name. */
    private final SortedMap<String, SortedSet<String>> needs = new TreeMap<>();

    private final SortedMap<String, SortedSet<String>> problems = new TreeMap<>();
    private final SortedMap<String, Companion> companions = new TreeMap<>();
    private final SortedMap<String, ClassNode> added = new TreeMap<>();
    private final Deque<Open> open = new ArrayDeque<>();
    private final World world;
    private final Hierarchy hierarchy;
    private final Access access;
    private final Changes changes;
    private final AddedMethods methods;
    private final Accessors accessors;
    private final Constructions constructions;
    private final ShadowFields shadows;
    private final Holders holders;
    private final Overrides overrides;
    private final Adoptions adoptions;
    private final MadeClasses made;
    private String current = "";

    private record Open(String node, Context context, MethodNode body) {}

    Homes(World world, Hierarchy hierarchy, Changes changes) {
        this.world = world;
        this.hierarchy = hierarchy;
        this.changes = changes;
        this.access = new Access(world, hierarchy);
        this.methods = new AddedMethods(this);
        this.accessors = new Accessors(this);
        this.constructions = new Constructions(this);
        this.shadows = new ShadowFields(this);
        this.holders = new Holders(this);
        this.overrides = new Overrides(this);
        this.adoptions = new Adoptions(this);
        this.made = new MadeClasses(this);
    }

    World world() {
        return world;
    }

    Hierarchy hierarchy() {
        return hierarchy;
    }

    Access access() {
        return access;
    }

    Changes changes() {
        return changes;
    }

    AddedMethods methods() {
        return methods;
    }

    Accessors accessors() {
        return accessors;
    }

    Constructions constructions() {
        return constructions;
    }

    ShadowFields shadows() {
        return shadows;
    }

    Holders holders() {
        return holders;
    }

    MadeClasses made() {
        return made;
    }

    Adoptions adoptions() {
        return adoptions;
    }

    Overrides overrides() {
        return overrides;
    }

    /** Lowers a body now, on behalf of a root, and everything that it needs. */
    void lower(String root, Context context, MethodNode body) throws BuildProblem {
        open.add(new Open(root, context, body));
        drain();
    }

    private void drain() throws BuildProblem {
        while (!open.isEmpty()) {
            Open next = open.remove();
            current = next.node();
            new Lowering(this, next.context(), next.body()).lower();
        }
        current = "";
    }

    /** Something to be done on behalf of a root. */
    interface Action {

        /** Does it. */
        void run() throws BuildProblem;
    }

    /** Does something on behalf of a root, and lowers what it asks for. */
    void root(String root, Action action) throws BuildProblem {
        current = root;
        action.run();
        drain();
    }

    /** Lowers a body that was made for a node, once it is its turn. */
    void later(String node, Context context, MethodNode body) {
        open.add(new Open(node, context, body));
    }

    /** Whoever is lowered now needs this; true the first time that anybody does. */
    boolean need(String node) {
        boolean first = !needs.containsKey(node);
        needs.computeIfAbsent(node, unseen -> new TreeSet<>());
        if (!node.equals(current)) {
            needs.computeIfAbsent(current, unseen -> new TreeSet<>()).add(node);
        }
        return first;
    }

    /** Whoever is lowered now can't be had. */
    void problem(String text) {
        problem(current, text);
    }

    void problem(String node, String text) {
        problems.computeIfAbsent(node, unseen -> new TreeSet<>()).add(text);
    }

    /** Everything that anybody needs. */
    SortedSet<String> nodes() {
        return new TreeSet<>(needs.keySet());
    }

    /** Everything that a root needs, itself included. */
    SortedSet<String> reached(String root) {
        SortedSet<String> seen = new TreeSet<>();
        Deque<String> next = new ArrayDeque<>();
        next.add(root);
        while (!next.isEmpty()) {
            String node = next.remove();
            if (seen.add(node)) {
                next.addAll(needs.getOrDefault(node, new TreeSet<>()));
            }
        }
        return seen;
    }

    /** Why a root can't be had; empty if it can. */
    SortedSet<String> problems(String root) {
        SortedSet<String> texts = new TreeSet<>();
        for (String node : reached(root)) {
            texts.addAll(problems.getOrDefault(node, new TreeSet<>()));
        }
        return texts;
    }

    /** A class of the fixed release is needed, which the original has not. */
    void addedClass(String name) throws BuildProblem {
        if (!need(name)) {
            return;
        }
        ClassNode type = new ClassNode();
        after(name).accept(type);
        type.nestHostClass = null;
        type.nestMembers = null;
        notMember(type);
        added.put(name, type);
        String outer = current;
        current = name;
        if (type.superName != null) {
            nameClass(name, type.superName);
        }
        for (String ancestor : type.interfaces) {
            nameClass(name, ancestor);
        }
        checkOpen(type);
        made.rewrite(type);
        for (MethodNode method : type.methods) {
            later(name, Context.own(name), method);
        }
        methods.inherit(type);
        current = outer;
    }

    /**
     * A member of a class that can't list it: the JVM would throw when asked for its simple name. As a local
     * class it has the same one, and the same enclosing class.
     */
    private void notMember(ClassNode type) {
        for (InnerClassNode inner : type.innerClasses) {
            if (inner.name.equals(type.name)
                    && inner.outerName != null
                    && world.inOriginal(inner.outerName)) {
                type.outerClass = inner.outerName;
                inner.outerName = null;
            }
        }
    }

    /** Whether the JVM's ancestors let the class be below them, and have its methods. */
    private void checkOpen(ClassNode type) throws BuildProblem {
        TreeSet<String> above = new TreeSet<>(type.interfaces);
        if (type.superName != null) {
            above.add(type.superName);
            checkFinal(type, type.superName);
        }
        for (String name : above) {
            ClassNode ancestor = world.inOriginal(name) ? world.before(name) : null;
            if (ancestor != null && ClassFiles.has(ancestor.access, Opcodes.ACC_FINAL)) {
                problem("'" + dotted(name) + "' is final, and '" + dotted(type.name)
                        + "' would be below it");
            }
            if (ancestor != null
                    && ancestor.permittedSubclasses != null
                    && !ancestor.permittedSubclasses.contains(type.name)) {
                problem("'" + dotted(name) + "' does not permit the new subclass '"
                        + dotted(type.name) + "'");
            }
        }
    }

    private void checkFinal(ClassNode type, String name) throws BuildProblem {
        for (MethodNode method : type.methods) {
            int own = Opcodes.ACC_PRIVATE | Opcodes.ACC_STATIC;
            Member inherited = hierarchy.resolve(name, method.name, method.desc, Side.BEFORE);
            if (!method.name.equals("<init>")
                    && !ClassFiles.has(method.access, own)
                    && inherited.state() == State.FOUND
                    && world.inOriginal(inherited.owner())
                    && !inherited.isPrivate()
                    && ClassFiles.has(inherited.access(), Opcodes.ACC_FINAL)) {
                problem("'" + dotted(inherited.owner()) + "." + method.name + method.desc
                        + "' is final there, and the new class '" + dotted(type.name)
                        + "' overrides it");
            }
        }
    }

    /** Code in a class names another class. */
    void nameClass(String from, String name) throws BuildProblem {
        if (world.isAdded(name)) {
            addedClass(name);
            return;
        }
        if (changes.hierarchyRefused(name)) {
            problem("'" + dotted(name) + "' would need its new supertypes");
        }
        String obstacle = access.obstacle(from, name);
        if (obstacle != null) {
            problem(obstacle);
        }
    }

    /** The companion of a class for code that comes from it. */
    Companion code(String owner) throws BuildProblem {
        ClassNode after = after(owner);
        return companion(after, "code", Math.max(after.version & 0xFFFF, Opcodes.V1_5));
    }

    /** The companion of a class for what reaches into it. */
    Companion access(String owner) throws BuildProblem {
        return companion(after(owner), "access", Companion.CALL_SITES);
    }

    Companion companion(ClassNode after, String suffix, int version) {
        return companions.computeIfAbsent(
                after.name + "$jlp$" + suffix, name -> new Companion(after, suffix, version));
    }

    Collection<Companion> companions() {
        return companions.values();
    }

    /** Added classes that are needed, by name, lowered in place. */
    SortedMap<String, ClassNode> added() {
        return added;
    }

    ClassNode after(String name) throws BuildProblem {
        return known(world.after(name), name);
    }

    ClassNode before(String name) throws BuildProblem {
        return known(world.before(name), name);
    }

    /** A method of the fixed release. */
    MethodNode after(String owner, MethodId id) throws BuildProblem {
        MethodNode method = ClassFiles.method(after(owner), id.name(), id.descriptor());
        if (method == null) {
            throw new BuildProblem("the method '" + owner + "." + id + "' is missing");
        }
        return method;
    }

    private static ClassNode known(@Nullable ClassNode type, String name) throws BuildProblem {
        if (type == null) {
            throw new BuildProblem("the class '" + name + "' is missing");
        }
        return type;
    }

    /** The node of a field. */
    static String node(String owner, FieldKey field) {
        return owner + "." + field.name() + ":" + field.descriptor();
    }

    static String dotted(String name) {
        return name.replace('/', '.');
    }
}
