package dev.jlp.builder;

import dev.jlp.builder.Overrides.Method;
import dev.jlp.patch.AddedClass;
import dev.jlp.patch.MethodId;

import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.MethodNode;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** The code of a patch, all of it made for classes that keep the original's shape. */
final class LoweredCode {

    /**
     * Something that the original has not and the code needs.
     *
     * @param className internal name
     * @param member with its descriptor; empty for a class
     */
    record Needed(String className, String member) {

        /** As changes name it. */
        String subject() {
            String dotted = className.replace('/', '.');
            return member.isEmpty() ? dotted : dotted + "." + member;
        }

        String what() {
            if (member.isEmpty()) {
                return "class";
            }
            return member.contains("(") ? "method" : "field";
        }
    }

    private final World world;
    private final Changes changes;
    private final Homes homes;
    private final Rebound rebound;
    private final List<String> askedClasses = new ArrayList<>();
    private final SortedMap<String, SortedMap<MethodId, MethodNode>> bodies = new TreeMap<>();
    private final SortedSet<String> roots = new TreeSet<>();
    private final SortedSet<String> extended = new TreeSet<>();

    LoweredCode(World world, List<TargetDiff> targets) {
        this.world = world;
        this.changes = new Changes(world, targets);
        this.homes = new Homes(world, new Hierarchy(world), changes);
        this.rebound = new Rebound(homes);
    }

    void takeBodies(String owner, SortedSet<MethodId> methods) {
        changes.takeBodies(owner, methods);
    }

    boolean isMoved(String owner, FieldKey field) {
        return changes.isMoved(owner, field);
    }

    void moveField(String owner, FieldKey field) {
        changes.moveField(owner, field);
    }

    /** An enum gets constants: its list of them moves, and what is indexed by them. */
    void extendEnum(String name) throws BuildProblem {
        if (!extended.add(name)) {
            return;
        }
        ClassNode after = homes.after(name);
        after.fields.stream()
                .map(FieldKey::of)
                .filter(field -> Enums.isList(after, field))
                .forEach(field -> changes.moveField(name, field));
        for (FieldKey array : Enums.indexed(name)) {
            for (String type : world.originalClassesNaming(List.of(array))) {
                moveIndexed(type, array);
            }
        }
        Set<String> mapping = world.originalClassesWith(Enums.MAPPING);
        mapping.retainAll(world.originalClassesWith(name));
        for (String type : mapping) {
            for (FieldKey array : Enums.mappings(homes.before(type))) {
                moveIndexed(type, array);
            }
        }
    }

    private void moveIndexed(String type, FieldKey array) throws BuildProblem {
        ClassNode before = world.before(type);
        ClassNode after = world.after(type);
        if (before != null
                && after != null
                && Holders.find(before, array) != null
                && Holders.find(after, array) != null) {
            changes.moveField(type, array);
        }
    }

    void override(String owner, MethodId id) throws BuildProblem {
        homes.overrides().take(owner, id);
        rebound.addMethod(owner, id);
    }

    /** A field is added or goes, and may hide one that is inherited. */
    void rebindField(String owner, String name) throws BuildProblem {
        rebound.changeField(owner, name);
    }

    void adopt(String name) throws BuildProblem {
        homes.adoptions().adopt(name);
    }

    void addClass(String name) {
        askedClasses.add(name);
    }

    /** Lowers everything that was taken and what it needs. */
    void lower() throws BuildProblem {
        for (Map.Entry<String, SortedSet<MethodId>> type : changes.bodies().entrySet()) {
            for (MethodId id : type.getValue()) {
                lower(type.getKey(), type.getKey(), id);
            }
        }
        for (String name : askedClasses) {
            homes.root(name, () -> homes.addedClass(name));
        }
        for (Method method : homes.overrides().woven()) {
            homes.root(method.owner(), () -> homes.overrides().prepare(method));
            lower(method.owner(), method.owner(), method.id());
        }
        readers();
        rebound();
        usersOfAdopted();
        enumsByName();
        for (Method method : homes.overrides().woven()) {
            homes.overrides().weave(method, body(method.owner(), method.id()));
        }
        hosts();
    }

    private void rebound() throws BuildProblem {
        for (String word : rebound.words()) {
            for (String name : world.originalClassesWith(word)) {
                for (MethodNode method : homes.before(name).methods) {
                    MethodId id = new MethodId(method.name, method.desc);
                    boolean runs =
                            method.instructions.size() > 0 && !method.name.equals("<clinit>");
                    if (runs && rebound.concerns(changes.base(name, id))) {
                        lower(name, name, id);
                    }
                }
            }
        }
    }

    private void lower(String root, String owner, MethodId id) throws BuildProblem {
        if (bodies.getOrDefault(owner, new TreeMap<>()).containsKey(id)) {
            return;
        }
        roots.add(root);
        boolean elsewhere = changes.isOutlined(owner, id)
                || AddedHeirs.areNeeded(world, owner, changes.base(owner, id));
        MethodNode body = elsewhere ? outlined(root, owner, id) : changes.base(owner, id);
        homes.lower(root, Context.own(owner), body);
        bodies.computeIfAbsent(owner, unseen -> new TreeMap<>()).put(id, body);
    }

    /** A body whose form the class can't hold stands in the companion. */
    private MethodNode outlined(String root, String owner, MethodId id) throws BuildProblem {
        MethodNode base = changes.base(owner, id);
        MethodNode body = new MethodNode(
                Opcodes.ASM9,
                base.access,
                base.name,
                base.desc,
                base.signature,
                base.exceptions.toArray(new String[0]));
        boolean isStatic = ClassFiles.has(base.access, Opcodes.ACC_STATIC);
        String descriptor = isStatic ? base.desc : AddedMethods.withReceiver(owner, base.desc);
        body.instructions.add(Code.arguments(descriptor));
        homes.root(
                root,
                () -> body.instructions.add(homes.methods()
                        .body(owner, id, base, owner + "." + id + " in the companion")
                        .instruction()));
        body.instructions.add(Code.result(base.desc));
        body.maxLocals = Code.size(descriptor);
        body.maxStack = body.maxLocals + 2;
        return body;
    }

    private MethodNode body(String owner, MethodId id) throws BuildProblem {
        MethodNode body = bodies.getOrDefault(owner, new TreeMap<>()).get(id);
        if (body == null) {
            throw new BuildProblem("the method '" + owner + "." + id + "' was not lowered");
        }
        return body;
    }

    /** Bodies that do not change themselves, but name a field that has moved. */
    private void readers() throws BuildProblem {
        for (Map.Entry<String, SortedSet<FieldKey>> moved :
                changes.movedFields().entrySet()) {
            for (String name : world.originalClassesNaming(moved.getValue())) {
                ClassNode type = homes.before(name);
                for (MethodNode method : type.methods) {
                    boolean runs =
                            method.instructions.size() > 0 && !method.name.equals("<clinit>");
                    if (runs && changes.names(method, moved.getKey(), homes.hierarchy())) {
                        lower(moved.getKey(), name, new MethodId(method.name, method.desc));
                    }
                }
            }
        }
    }

    /** Bodies that do not change themselves, but call or test by an interface that classes adopt. */
    private void usersOfAdopted() throws BuildProblem {
        for (String type : homes.adoptions().interfaces()) {
            for (String name : world.originalClassesWith(type)) {
                for (MethodNode method : homes.before(name).methods) {
                    boolean uses = false;
                    for (AbstractInsnNode node : method.instructions) {
                        uses |= homes.adoptions().concerns(node);
                    }
                    if (uses && !method.name.equals("<clinit>")) {
                        lower(name, name, new MethodId(method.name, method.desc));
                    }
                }
            }
        }
    }

    private void enumsByName() throws BuildProblem {
        for (String name : extended) {
            ClassNode after = homes.after(name);
            MethodId id = new MethodId("valueOf", "(Ljava/lang/String;)L" + name + ";");
            FieldKey list = changes.movedFields().getOrDefault(name, new TreeSet<>()).stream()
                    .filter(field -> Enums.isList(after, field))
                    .findFirst()
                    .orElse(null);
            if (list != null
                    && ClassFiles.method(homes.before(name), id.name(), id.descriptor()) != null) {
                lower(name, name, id);
                homes.root(
                        name,
                        () -> Enums.touch(
                                body(name, id),
                                String.valueOf(homes.holders().holder(name, list)),
                                list));
            }
        }
    }

    /** Enums with added constants that are needed without having been extended. */
    SortedSet<String> enumsToExtend() throws BuildProblem {
        SortedSet<String> found = new TreeSet<>();
        for (Needed needed : needed()) {
            ClassNode before = world.before(needed.className());
            ClassNode after = world.after(needed.className());
            if (before != null
                    && after != null
                    && ClassFiles.has(after.access, Opcodes.ACC_ENUM)
                    && !extended.contains(needed.className())
                    && Enums.added(before, after).stream()
                            .anyMatch(key -> key.name().equals(needed.member()))) {
                found.add(needed.className());
            }
        }
        return found;
    }

    private void hosts() throws BuildProblem {
        for (Map.Entry<String, MethodId> host : homes.constructions().hosts().entrySet()) {
            String owner = host.getKey();
            lower(owner, owner, host.getValue());
            homes.constructions().body(owner, body(owner, host.getValue()));
        }
    }

    /** Whether the fixed release's method is in force: as a body, or in a companion. */
    boolean takes(Method method) {
        boolean body = bodies(method.owner()).contains(method.id());
        return body || homes.nodes().contains(method.owner() + "." + method.id());
    }

    /** Whoever needs this can't be had. */
    void forbid(String node, String text) {
        homes.problem(node, text);
    }

    /** The classes on whose behalf code was lowered. */
    SortedSet<String> roots() {
        return roots;
    }

    SortedSet<String> problems(String root) {
        return homes.problems(root);
    }

    /** Methods of a class that get a new body. */
    SortedSet<MethodId> bodies(String owner) {
        return new TreeSet<>(bodies.getOrDefault(owner, new TreeMap<>()).keySet());
    }

    /** New bodies of a class by method, with the names that companions have at last. */
    SortedMap<MethodId, MethodNode> newBodies(String owner, Naming naming) {
        SortedMap<MethodId, MethodNode> named = new TreeMap<>();
        bodies.getOrDefault(owner, new TreeMap<>())
                .forEach((id, body) -> named.put(id, naming.named(body)));
        return named;
    }

    SortedSet<String> changedClasses() {
        return new TreeSet<>(bodies.keySet());
    }

    /** Names of added classes that are needed. */
    Collection<String> added() {
        return homes.added().keySet();
    }

    ClassNode addedClass(String name) throws BuildProblem {
        ClassNode type = homes.added().get(name);
        if (type == null) {
            throw new BuildProblem("the class '" + name + "' is missing");
        }
        return type;
    }

    Naming naming() {
        return Naming.of(homes.companions(), homes.added().values());
    }

    /** Companions of the classes with these names, ready to be defined. */
    List<AddedClass> companions(Collection<String> owners, Naming naming) {
        List<AddedClass> classes = new ArrayList<>();
        for (Companion companion : homes.companions()) {
            String owner = companion.name().substring(0, companion.name().indexOf("$jlp$"));
            if (owners.contains(owner)) {
                ClassNode named = naming.named(companion.node());
                classes.add(new AddedClass(named.name, ClassFiles.writeMade(named)));
            }
        }
        return classes;
    }

    /** Members and classes that only the fixed release has and that something taken needs. */
    List<Needed> needed() {
        List<Needed> found = new ArrayList<>();
        for (String node : homes.nodes()) {
            int dot = node.indexOf('.');
            String type = dot < 0 ? node : node.substring(0, dot);
            if (dot < 0 && world.isAdded(node)) {
                found.add(new Needed(node, ""));
            } else if (dot >= 0 && !node.contains(" ") && world.inOriginal(type)) {
                String member = node.substring(dot + 1);
                int colon = member.indexOf(':');
                found.add(new Needed(type, colon < 0 ? member : member.substring(0, colon)));
            }
        }
        return found;
    }
}
