package dev.jlp.builder;

import dev.jlp.builder.Change.Kind;
import dev.jlp.builder.Change.Verdict;
import dev.jlp.builder.Hierarchy.Member;
import dev.jlp.builder.Hierarchy.Side;
import dev.jlp.builder.Hierarchy.State;
import dev.jlp.patch.MethodId;

import org.objectweb.asm.ClassReader;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.commons.ClassRemapper;
import org.objectweb.asm.commons.SimpleRemapper;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.TypeInsnNode;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Added classes below one that is final in the JVM. Nothing can be below that, so the fixed release is taken as if it
 * had been written without them: their members are its members, a field says of which kind an object is, and its
 * methods ask for that. What is left is an ordinary difference.
 */
final class Flattening {

    private final List<Release> fixes;
    private final World world;
    private final Hierarchy hierarchy;
    private final SortedMap<String, Flattened> flattened = new TreeMap<>();
    private final Map<String, ClassNode> nodes = new TreeMap<>();

    private Flattening(List<Release> originals, List<Release> fixes, List<Release> classpath) {
        this.fixes = new ArrayList<>(fixes);
        this.world = new World(originals, fixes, classpath);
        this.hierarchy = new Hierarchy(world);
    }

    static Flattening of(List<Release> originals, List<Release> fixes, List<Release> classpath)
            throws BuildProblem {
        Flattening flattening = new Flattening(originals, fixes, classpath);
        flattening.find();
        if (!flattening.flattened.isEmpty()) {
            flattening.flatten();
        }
        return flattening;
    }

    /** The fixed releases, without the classes. */
    List<Release> fixes() {
        return fixes;
    }

    private void find() throws BuildProblem {
        SortedMap<String, List<ClassNode>> below = new TreeMap<>();
        for (Map.Entry<String, byte[]> type : world.fixedClasses().entrySet()) {
            String above = new ClassReader(type.getValue()).getSuperName();
            ClassNode before = world.isAdded(type.getKey()) && world.inOriginal(above)
                    ? world.before(above)
                    : null;
            if (before != null
                    && ClassFiles.has(before.access, Opcodes.ACC_FINAL)
                    && !world.isRemoved(above)) {
                below.computeIfAbsent(above, none -> new ArrayList<>())
                        .add(ClassFiles.parse(type.getValue(), type.getKey()));
            }
        }
        for (Map.Entry<String, List<ClassNode>> group : below.entrySet()) {
            if (canTake(group.getKey(), group.getValue())) {
                take(group.getKey(), group.getValue());
            }
        }
    }

    private boolean canTake(String into, List<ClassNode> types) throws BuildProblem {
        boolean can =
                !isOneOf(into, "java/io/Serializable") && !isOneOf(into, "java/lang/Throwable");
        Set<String> simple = new HashSet<>();
        for (ClassNode type : types) {
            can &= simple.add(type.name.substring(type.name.lastIndexOf('/') + 1));
            can &= canTake(into, type);
        }
        return can;
    }

    private boolean isOneOf(String name, String type) throws BuildProblem {
        return hierarchy.inherits(name, type, Side.BEFORE)
                || hierarchy.inherits(name, type, Side.AFTER);
    }

    private boolean canTake(String into, ClassNode type) throws BuildProblem {
        int unusual = Opcodes.ACC_ABSTRACT | Opcodes.ACC_ENUM | Opcodes.ACC_RECORD;
        if (ClassFiles.has(type.access, unusual)
                || !hierarchy.subtypes(type.name).isEmpty()) {
            return false;
        }
        for (String above : type.interfaces) {
            if (!hierarchy.inherits(into, above, Side.AFTER)) {
                return false;
            }
        }
        for (MethodNode method : type.methods) {
            Member found = overridden(into, method);
            boolean bodiless = found.state() == State.FOUND
                    && (found.isAbstract()
                            || ClassFiles.has(after(found.owner()).access, Opcodes.ACC_INTERFACE));
            if (bodiless || ClassFiles.has(method.access, Opcodes.ACC_NATIVE)) {
                return false;
            }
        }
        for (ClassNode user : naming(Set.of(type.name)).values()) {
            if (FlattenedUses.obstacle(user, type.name) != null) {
                return false;
            }
        }
        return true;
    }

    private void take(String into, List<ClassNode> types) throws BuildProblem {
        Set<String> constructors = new HashSet<>();
        for (MethodNode method : after(into).methods) {
            if (method.name.equals("<init>")) {
                constructors.add(method.desc);
            }
        }
        boolean keepsOld = !isMade(into);
        int kind = 1;
        for (ClassNode type : types) {
            SortedSet<MethodId> overriding = new TreeSet<>();
            for (MethodNode method : type.methods) {
                if (overridden(into, method).state() == State.FOUND) {
                    overriding.add(new MethodId(method.name, method.desc));
                }
            }
            int marks = 1;
            Flattened made = new Flattened(type, into, kind, marks, overriding, keepsOld);
            while (made.constructors().stream()
                    .anyMatch(id -> constructors.contains(id.descriptor()))) {
                made = new Flattened(type, into, kind, ++marks, overriding, keepsOld);
            }
            made.constructors().forEach(id -> constructors.add(id.descriptor()));
            flattened.put(type.name, made);
            kind++;
        }
    }

    /** What an instance method overrides in the superclass or above. */
    private Member overridden(String into, MethodNode method) throws BuildProblem {
        int never = Opcodes.ACC_STATIC | Opcodes.ACC_PRIVATE;
        Member none = new Member(State.MISSING, "", 0);
        if (method.name.startsWith("<") || ClassFiles.has(method.access, never)) {
            return none;
        }
        Member found = hierarchy.resolve(into, method.name, method.desc, Side.AFTER);
        boolean open = ClassFiles.has(found.access(), Opcodes.ACC_PUBLIC | Opcodes.ACC_PROTECTED)
                || Access.samePackage(found.owner(), into);
        return found.state() == State.FOUND && open && !ClassFiles.has(found.access(), never)
                ? found
                : none;
    }

    /** Whether the fixed releases make objects of the class itself, or others could. */
    private boolean isMade(String name) throws BuildProblem {
        for (MethodNode method : after(name).methods) {
            if (method.name.equals("<init>")
                    && ClassFiles.has(method.access, Opcodes.ACC_PUBLIC | Opcodes.ACC_PROTECTED)) {
                return true;
            }
        }
        for (ClassNode user : naming(Set.of(name)).values()) {
            for (MethodNode method : user.methods) {
                for (AbstractInsnNode node : method.instructions) {
                    if (node.getOpcode() == Opcodes.NEW
                            && ((TypeInsnNode) node).desc.equals(name)) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    private ClassNode after(String name) throws BuildProblem {
        ClassNode type = world.after(name);
        if (type == null) {
            throw new BuildProblem("the class '" + name + "' is missing");
        }
        return type;
    }

    /** Fixed classes in whose constants one of these names stands, as trees of their own. */
    private Map<String, ClassNode> naming(Set<String> names) throws BuildProblem {
        List<byte[]> words = names.stream()
                .map(name -> name.getBytes(StandardCharsets.UTF_8))
                .toList();
        Map<String, ClassNode> found = new TreeMap<>();
        for (Map.Entry<String, byte[]> type : world.fixedClasses().entrySet()) {
            if (words.stream().anyMatch(word -> Bytes.contains(type.getValue(), word))) {
                found.put(type.getKey(), ClassFiles.parse(type.getValue(), type.getKey()));
            }
        }
        return found;
    }

    private void flatten() throws BuildProblem {
        nodes.putAll(naming(flattened.keySet()));
        SortedMap<String, List<Flattened>> kinds = new TreeMap<>();
        for (Flattened one : flattened.values()) {
            nodes.put(one.name(), one.type());
            nodes.putIfAbsent(
                    one.into(),
                    ClassFiles.parse(
                            world.fixedClasses().getOrDefault(one.into(), new byte[0]),
                            one.into()));
            kinds.computeIfAbsent(one.into(), none -> new ArrayList<>()).add(one);
        }
        FlattenedUses uses = new FlattenedUses(flattened);
        nodes.values().forEach(uses::rewrite);
        for (Map.Entry<String, List<Flattened>> group : kinds.entrySet()) {
            ClassNode type = nodes.get(group.getKey());
            ClassNode before = world.before(group.getKey());
            if (type != null && before != null) {
                new FlattenedInto(type, before, hierarchy, group.getValue()).take();
            }
        }
        Map<String, String> names = new HashMap<>();
        flattened.values().forEach(one -> names.put(one.name(), one.into()));
        SimpleRemapper remapper = new SimpleRemapper(Opcodes.ASM9, names);
        for (int i = 0; i < fixes.size(); i++) {
            fixes.set(i, rewritten(fixes.get(i), remapper));
        }
    }

    private Release rewritten(Release release, SimpleRemapper remapper) {
        SortedMap<String, byte[]> classes = new TreeMap<>(release.classes());
        for (String name : release.classes().keySet()) {
            ClassNode node = nodes.get(name);
            Flattened gone = flattened.get(name);
            if (gone != null) {
                classes.remove(name);
                if (gone.hasStatics()) {
                    classes.put(gone.statics(), bytes(gone.staticPart(), remapper));
                }
            } else if (node != null) {
                classes.put(name, bytes(node, remapper));
            }
        }
        return release.with(classes);
    }

    private static byte[] bytes(ClassNode type, SimpleRemapper remapper) {
        ClassNode renamed = new ClassNode();
        type.accept(new ClassRemapper(renamed, remapper));
        return ClassFiles.write(renamed);
    }

    /** Asks for the bodies that tell kinds apart wherever an object of a kind may be made; true if there are more. */
    boolean require(LoweredCode lowered, Set<String> asked) {
        boolean more = false;
        for (Flattened one : flattened.values()) {
            if (isTaken(one, lowered)) {
                for (MethodId id : one.overriding()) {
                    more |= asked.add(Homes.dotted(one.into()) + "." + id);
                }
            }
        }
        return more;
    }

    /** Nobody can have an object of a kind whose superclass is left out. */
    void forbid(String leftOut, LoweredCode lowered) {
        for (Flattened one : flattened.values()) {
            if (one.into().equals(leftOut)) {
                for (MethodId id : one.constructors()) {
                    lowered.forbid(
                            leftOut + "." + id,
                            "'" + Homes.dotted(leftOut) + "' is left out, as what '"
                                    + Homes.dotted(one.name()) + "' would be part of");
                }
            }
        }
    }

    private static boolean isTaken(Flattened one, LoweredCode lowered) {
        return one.constructors().stream()
                .anyMatch(id -> lowered.takes(new Overrides.Method(one.into(), id)));
    }

    /** What became of the classes of a release. */
    List<Change> changes(TargetDiff target, LoweredCode lowered) {
        List<Change> changes = new ArrayList<>();
        for (Flattened one : flattened.values()) {
            if (target.original().classes().containsKey(one.into())) {
                changes.add(new Change(
                        target.name(),
                        one.name(),
                        "",
                        Kind.ADDED_CLASS,
                        Verdict.DONE_WITH_CARE,
                        isTaken(one, lowered),
                        "its superclass is final there: its objects are of '"
                                + Homes.dotted(one.into())
                                + "' with a field that says so; 'getClass' and reflection see that"
                                + " class"
                                + (one.keepsOld()
                                        ? ", and objects of that class made before keep their old"
                                                + " bodies"
                                        : "")));
            }
        }
        return changes;
    }
}
