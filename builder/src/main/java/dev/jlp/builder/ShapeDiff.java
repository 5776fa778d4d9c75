package dev.jlp.builder;

import dev.jlp.builder.Change.Kind;
import dev.jlp.builder.Change.Verdict;

import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.AnnotationNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.FieldNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.RecordComponentNode;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Compares everything of a class but its methods. */
final class ShapeDiff {

    private static final int LOOSENED = Opcodes.ACC_PUBLIC | Opcodes.ACC_FINAL;
    private static final int MEANINGLESS =
            Opcodes.ACC_SUPER | Opcodes.ACC_SYNTHETIC | Opcodes.ACC_DEPRECATED;
    private static final int FIELD_ACCESS =
            Opcodes.ACC_PUBLIC | Opcodes.ACC_PROTECTED | Opcodes.ACC_PRIVATE;

    private final ClassDiff diff;
    private final ClassNode before;
    private final ClassNode after;
    private final World world;

    ShapeDiff(ClassDiff diff, World world) {
        this.diff = diff;
        this.world = world;
        this.before = diff.before();
        this.after = diff.after();
    }

    void compare() throws BuildProblem {
        hierarchy();
        flags();
        attributes();
        fields();
    }

    private void hierarchy() throws BuildProblem {
        if (!Objects.equals(before.superName, after.superName)) {
            diff.add(
                    Kind.HIERARCHY,
                    "",
                    Verdict.REFUSED,
                    "the superclass changes from '" + before.superName + "' to '" + after.superName
                            + "'");
        }
        for (String type : Adoptions.added(new Hierarchy(world), before, after)) {
            String obstacle = Adoptions.obstacle(world, type);
            diff.add(
                    Kind.HIERARCHY,
                    "",
                    obstacle == null ? Verdict.DONE_WITH_CARE : Verdict.REFUSED,
                    "the class gets the interface '" + type.replace('/', '.') + "'; "
                            + (obstacle == null
                                    ? "the releases' code takes its objects for such, others and"
                                            + " reflection do not"
                                    : obstacle));
        }
        if (!after.interfaces.containsAll(before.interfaces)) {
            diff.add(
                    Kind.HIERARCHY,
                    "",
                    Verdict.DONE_WITH_CARE,
                    "the class keeps an interface that the fixed release drops");
        }
    }

    private void flags() {
        int changed = (before.access ^ after.access) & ~MEANINGLESS;
        if (changed == 0) {
            return;
        }
        if ((changed & ~LOOSENED) == 0) {
            diff.add(
                    Kind.CLASS_ATTRIBUTES,
                    "",
                    Verdict.DONE,
                    "the class keeps its access flags; nothing that is taken needs others");
        } else {
            diff.add(
                    Kind.CLASS_ATTRIBUTES,
                    "",
                    Verdict.REFUSED,
                    "the class changes between class, interface, enum, abstract and concrete");
        }
    }

    private void attributes() {
        if (!texts(CompilerNotes.without(before.visibleAnnotations))
                .equals(texts(CompilerNotes.without(after.visibleAnnotations)))) {
            diff.add(
                    Kind.CLASS_ATTRIBUTES,
                    "",
                    Verdict.DONE_WITH_CARE,
                    "the class keeps its annotations as they were");
        }
        if (!components(before).equals(components(after))) {
            diff.add(
                    Kind.CLASS_ATTRIBUTES,
                    "",
                    Verdict.DONE_WITH_CARE,
                    "the record components change; reflection sees the old ones");
        }
        if (!Objects.equals(permitted(before), permitted(after))) {
            diff.add(
                    Kind.CLASS_ATTRIBUTES,
                    "",
                    Verdict.DONE_WITH_CARE,
                    "the class permits the subclasses that it did");
        }
    }

    private static Set<String> permitted(ClassNode type) {
        return type.permittedSubclasses == null
                ? Set.of()
                : new HashSet<>(type.permittedSubclasses);
    }

    private static List<String> components(ClassNode type) {
        List<String> components = new ArrayList<>();
        if (type.recordComponents != null) {
            for (RecordComponentNode component : type.recordComponents) {
                components.add(component.name + ":" + component.descriptor);
            }
        }
        return components;
    }

    private void fields() throws BuildProblem {
        Map<String, FieldNode> fixed = byName(after);
        Map<String, FieldNode> original = byName(before);
        original.forEach((key, field) -> {
            FieldNode counterpart = fixed.get(key);
            if (counterpart == null) {
                boolean kept = new RemovedFields(before, after).isKept(field);
                diff.add(
                        Kind.REMOVED_FIELD,
                        field.name,
                        kept ? Verdict.DONE : Verdict.DONE_WITH_CARE,
                        "the field is removed; it stays, unused"
                                + (kept
                                        ? ""
                                        : ", and is " + zero(field)
                                                + " in objects that are made while the patch is"
                                                + " enabled, should it be taken back"));
            } else {
                field(field, counterpart);
            }
        });
        for (Map.Entry<String, FieldNode> field : fixed.entrySet()) {
            if (!original.containsKey(field.getKey())) {
                added(field.getValue());
            }
        }
    }

    private void added(FieldNode field) throws BuildProblem {
        if (ClassFiles.has(field.access, Opcodes.ACC_ENUM)) {
            diff.add(
                    Kind.ADDED_FIELD,
                    field.name,
                    Verdict.DONE_WITH_CARE,
                    "the enum constant is added behind all others; sets and maps of the enum made"
                            + " before do not take it");
        } else if (ClassFiles.has(field.access, Opcodes.ACC_STATIC)) {
            diff.add(
                    Kind.ADDED_FIELD,
                    field.name,
                    Verdict.DONE,
                    "the field is added in a class of its own, initialised by the release's code");
        } else {
            InitialValue initial = InitialValue.inOldObjects(
                    new Hierarchy(world), before, after, FieldKey.of(field));
            switch (initial.kind()) {
                case SAME_FOR_ALL ->
                    shadow(field, Verdict.DONE, "; older objects have what new ones get");
                case WITHOUT_ARGUMENTS ->
                    shadow(
                            field,
                            Verdict.DONE_WITH_CARE,
                            "; older objects have what it is without arguments");
                case UNKNOWN ->
                    shadow(
                            field,
                            Verdict.DONE_WITH_CARE,
                            "; in objects made before the patch it is " + zero(field)
                                    + ", which no constructor says");
            }
        }
    }

    private void shadow(FieldNode field, Verdict verdict, String old) {
        diff.add(
                Kind.ADDED_FIELD,
                field.name,
                verdict,
                "the field is added as a shadow field" + old);
    }

    private static String zero(FieldNode field) {
        return switch (field.desc) {
            case "Z" -> "false";
            case "B", "C", "D", "F", "I", "J", "S" -> "0";
            default -> "null";
        };
    }

    private void field(FieldNode b, FieldNode a) {
        int changed = b.access ^ a.access;
        if ((changed & Opcodes.ACC_STATIC) != 0) {
            diff.add(
                    Kind.FIELD,
                    b.name,
                    Verdict.DONE_WITH_CARE,
                    "the field changes whether it is static; values set before are not taken over");
        } else if ((changed & Opcodes.ACC_VOLATILE) != 0) {
            diff.add(
                    Kind.FIELD,
                    b.name,
                    Verdict.DONE_WITH_CARE,
                    "the field keeps its 'volatile' flag as it was");
        } else if ((changed & Opcodes.ACC_TRANSIENT) != 0) {
            diff.add(
                    Kind.FIELD,
                    b.name,
                    Verdict.DONE_WITH_CARE,
                    "the field keeps its 'transient' flag as it was");
        } else if (isThawed(b, a)) {
            diff.addMoved(
                    Kind.FIELD,
                    FieldKey.of(a),
                    Verdict.DONE,
                    "the field is not final any more: what is written later is kept beside it");
        } else if ((changed & (FIELD_ACCESS | Opcodes.ACC_FINAL)) != 0) {
            diff.add(
                    Kind.ACCESS,
                    b.name,
                    Verdict.DONE,
                    "the field keeps its access flags; nothing that is taken needs others");
        }
        if (!texts(b.visibleAnnotations).equals(texts(a.visibleAnnotations))) {
            diff.add(
                    Kind.FIELD,
                    b.name,
                    Verdict.DONE_WITH_CARE,
                    "the field keeps its annotations as they were");
        }
    }

    /** A final field that the fixed class writes outside its constructors. */
    private boolean isThawed(FieldNode b, FieldNode a) {
        int fixed = Opcodes.ACC_FINAL | Opcodes.ACC_STATIC;
        if ((b.access & fixed) != Opcodes.ACC_FINAL
                || ClassFiles.has(a.access, Opcodes.ACC_FINAL)) {
            return false;
        }
        return !ClassFiles.has(a.access, Opcodes.ACC_PRIVATE)
                || after.methods.stream()
                        .anyMatch(method -> !method.name.equals("<init>") && writes(method, a));
    }

    private boolean writes(MethodNode method, FieldNode field) {
        for (AbstractInsnNode node : method.instructions) {
            if (node instanceof FieldInsnNode write
                    && write.getOpcode() == Opcodes.PUTFIELD
                    && write.owner.equals(after.name)
                    && FieldKey.of(write).equals(FieldKey.of(field))) {
                return true;
            }
        }
        return false;
    }

    private static Map<String, FieldNode> byName(ClassNode type) {
        Map<String, FieldNode> fields = new LinkedHashMap<>();
        type.fields.forEach(field -> fields.put(field.name + ":" + field.desc, field));
        return fields;
    }

    /** Annotations as texts, equal if they say the same. */
    static List<String> texts(@Nullable List<AnnotationNode> annotations) {
        List<String> texts = new ArrayList<>();
        if (annotations != null) {
            annotations.forEach(annotation -> texts.add(text(annotation)));
        }
        return texts;
    }

    private static String text(Object value) {
        if (value instanceof AnnotationNode annotation) {
            return annotation.desc
                    + text(annotation.values == null ? List.of() : annotation.values);
        }
        if (value instanceof List<?> items) {
            StringBuilder text = new StringBuilder("[");
            items.forEach(item -> text.append(text((Object) item)).append(','));
            return text.append(']').toString();
        }
        return value instanceof String[] constant ? String.join(".", constant) : value.toString();
    }
}
