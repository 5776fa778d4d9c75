package dev.jlp.builder;

import dev.jlp.builder.Change.Kind;
import dev.jlp.patch.MethodId;

import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.FieldNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Where trouble may come from after the patch although every change is done: what a running program
 * has made with old bodies, or finds by other ways than a call. Told while building, as a note.
 */
final class Suspects {

    private static final Set<String> ORDERING = Set.of(
            "equals(Ljava/lang/Object;)Z",
            "hashCode()I",
            "compareTo(Ljava/lang/Object;)I",
            "compare(Ljava/lang/Object;Ljava/lang/Object;)I");
    private static final List<String> HOLDERS = List.of(
            "java/util/Map",
            "java/util/Collection",
            "java/lang/ThreadLocal",
            "java/lang/ref/Reference",
            "java/util/concurrent/atomic/AtomicReference");
    private static final Set<String> FILLING = Set.of(
            "put",
            "putIfAbsent",
            "computeIfAbsent",
            "compute",
            "merge",
            "putAll",
            "add",
            "addAll",
            "addFirst",
            "addLast",
            "offer",
            "push",
            "set",
            "compareAndSet");

    private final List<String> notes = new ArrayList<>();
    private final Hierarchy hierarchy;
    private final Selection selection;

    private Suspects(World world, Selection selection) {
        this.hierarchy = new Hierarchy(world);
        this.selection = selection;
    }

    static List<String> notes(List<TargetDiff> targets, World world, Selection selection)
            throws BuildProblem {
        Suspects suspects = new Suspects(world, selection);
        for (TargetDiff target : targets) {
            for (ClassDiff diff : target.classes().values()) {
                suspects.look(diff);
            }
        }
        return suspects.notes;
    }

    private void look(ClassDiff diff) throws BuildProblem {
        SortedSet<MethodId> taken = new TreeSet<>(selection.lowered().bodies(diff.name()));
        taken.retainAll(diff.bodies().keySet());
        if (!taken.isEmpty()) {
            ordering(diff, taken);
            caches(diff);
            for (MethodId id : taken) {
                locks(diff, id);
            }
        }
        reflection(diff);
    }

    private void ordering(ClassDiff diff, SortedSet<MethodId> taken) {
        for (MethodId id : taken) {
            boolean typed = id.name().equals("compareTo") && id.descriptor().endsWith(")I");
            if (ORDERING.contains(id.toString()) || typed) {
                notes.add("'" + dotted(diff) + "." + id
                        + "' changes: objects that hash tables and sorted collections hold stay"
                        + " where the old body put them");
            }
        }
    }

    /** Static fields that a method fills: what is in there may have come from an old body. */
    private void caches(ClassDiff diff) throws BuildProblem {
        for (FieldNode field : diff.before().fields) {
            if (ClassFiles.has(field.access, Opcodes.ACC_STATIC)
                    && holds(field)
                    && !selection.lowered().isMoved(diff.name(), FieldKey.of(field))
                    && isFilled(diff.before(), field)) {
                notes.add("the static field '" + dotted(diff) + "." + field.name
                        + "' may hold what old bodies put there before the patch");
            }
        }
    }

    private boolean holds(FieldNode field) throws BuildProblem {
        if (Type.getType(field.desc).getSort() != Type.OBJECT) {
            return false;
        }
        String type = Type.getType(field.desc).getInternalName();
        for (String holder : HOLDERS) {
            if (hierarchy.inherits(type, holder)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isFilled(ClassNode type, FieldNode field) {
        return type.methods.stream()
                .filter(method -> !method.name.equals("<clinit>"))
                .anyMatch(method -> fills(method, type.name, field));
    }

    private static boolean fills(MethodNode method, String owner, FieldNode field) {
        boolean named = false;
        for (AbstractInsnNode node : method.instructions) {
            named |= node instanceof FieldInsnNode access
                    && access.owner.equals(owner)
                    && access.name.equals(field.name)
                    && access.desc.equals(field.desc);
            if (named && node instanceof MethodInsnNode call && FILLING.contains(call.name)) {
                return true;
            }
        }
        return false;
    }

    private void locks(ClassDiff diff, MethodId id) {
        MethodNode before = ClassFiles.method(diff.before(), id.name(), id.descriptor());
        MethodNode after = diff.bodies().get(id);
        if (before == null || after == null) {
            return;
        }
        List<String> were = Locks.of(before);
        List<String> are = Locks.of(after);
        if (!were.equals(are)) {
            notes.add("'" + dotted(diff) + "." + id + "' takes other locks (before: " + list(were)
                    + "; now: " + list(are) + "): while old and new bodies run side by side, only"
                    + " locks that both take keep them apart, and another order may deadlock");
        }
    }

    private static String list(List<String> locks) {
        return locks.isEmpty() ? "none" : String.join(", ", locks);
    }

    /** Added methods that a framework would look for by an annotation or as a bean's property. */
    private void reflection(ClassDiff diff) {
        List<String> unseen = new ArrayList<>();
        for (Change change : selection.changes()) {
            if (change.taken()
                    && change.kind() == Kind.ADDED_METHOD
                    && change.className().equals(diff.name())
                    && isLookedFor(diff.after(), change.member())) {
                unseen.add(change.member());
            }
        }
        if (!unseen.isEmpty()) {
            notes.add("reflection does not find what is added to '" + dotted(diff) + "': "
                    + String.join(", ", unseen));
        }
    }

    private static boolean isLookedFor(ClassNode type, String member) {
        int end = member.indexOf('(');
        MethodNode method = end < 0
                ? null
                : ClassFiles.method(type, member.substring(0, end), member.substring(end));
        if (method == null) {
            return false;
        }
        boolean annotated =
                method.visibleAnnotations != null && !method.visibleAnnotations.isEmpty();
        boolean property = ClassFiles.has(method.access, Opcodes.ACC_PUBLIC)
                && !ClassFiles.has(method.access, Opcodes.ACC_STATIC)
                && (member.matches("(get|is)[A-Z][^(]*\\(\\)[^V].*")
                        || member.matches("set[A-Z][^(]*\\([^)]+\\)V"));
        return annotated || property;
    }

    private static String dotted(ClassDiff diff) {
        return diff.name().replace('/', '.');
    }
}
