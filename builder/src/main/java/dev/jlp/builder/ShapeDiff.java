package dev.jlp.builder;

import dev.jlp.builder.Change.Kind;
import dev.jlp.builder.Change.Verdict;

import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AnnotationNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FieldNode;
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

    ShapeDiff(ClassDiff diff) {
        this.diff = diff;
        this.before = diff.before();
        this.after = diff.after();
    }

    void compare() {
        hierarchy();
        flags();
        attributes();
        fields();
    }

    private void hierarchy() {
        if (!Objects.equals(before.superName, after.superName)) {
            diff.add(
                    Kind.HIERARCHY,
                    "",
                    Verdict.REFUSED,
                    "the superclass changes from '" + before.superName + "' to '" + after.superName
                            + "'");
        }
        List<String> added = new ArrayList<>(after.interfaces);
        added.removeAll(before.interfaces);
        if (!added.isEmpty()) {
            diff.add(
                    Kind.HIERARCHY,
                    "",
                    Verdict.REFUSED,
                    "the class gets the interface '" + added.get(0) + "'");
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
        if (!texts(before.visibleAnnotations).equals(texts(after.visibleAnnotations))) {
            diff.add(
                    Kind.CLASS_ATTRIBUTES,
                    "",
                    Verdict.REFUSED,
                    "the annotations of the class change, and reflection may have read them");
        }
        if (!components(before).equals(components(after))) {
            diff.add(Kind.CLASS_ATTRIBUTES, "", Verdict.REFUSED, "the record components change");
        }
        if (!Objects.equals(permitted(before), permitted(after))) {
            diff.add(Kind.CLASS_ATTRIBUTES, "", Verdict.REFUSED, "the permitted subclasses change");
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

    private void fields() {
        Map<String, FieldNode> fixed = byName(after);
        Map<String, FieldNode> original = byName(before);
        original.forEach((key, field) -> {
            FieldNode counterpart = fixed.get(key);
            if (counterpart == null) {
                diff.add(
                        Kind.REMOVED_FIELD,
                        field.name,
                        Verdict.DONE,
                        "the field is removed; it stays, unused");
            } else {
                field(field, counterpart);
            }
        });
        fixed.forEach((key, field) -> {
            if (!original.containsKey(key)) {
                added(field);
            }
        });
    }

    private void added(FieldNode field) {
        boolean constant = ClassFiles.has(field.access, Opcodes.ACC_ENUM);
        diff.add(
                Kind.ADDED_FIELD,
                field.name,
                Verdict.REFUSED,
                constant
                        ? "an enum constant is added"
                        : "a field is added, and a running JVM can't give one to a class");
    }

    private void field(FieldNode b, FieldNode a) {
        int changed = b.access ^ a.access;
        int hard = Opcodes.ACC_STATIC | Opcodes.ACC_VOLATILE;
        if ((changed & hard) != 0) {
            diff.add(
                    Kind.FIELD,
                    b.name,
                    Verdict.REFUSED,
                    "the field changes whether it is static or volatile");
        } else if ((changed & Opcodes.ACC_TRANSIENT) != 0) {
            diff.add(
                    Kind.FIELD,
                    b.name,
                    Verdict.DONE_WITH_CARE,
                    "the field keeps its 'transient' flag as it was");
        } else if ((changed & (FIELD_ACCESS | Opcodes.ACC_FINAL)) != 0) {
            diff.add(
                    Kind.ACCESS,
                    b.name,
                    Verdict.DONE,
                    "the field keeps its access flags; nothing that is taken needs others");
        }
        if (!Objects.equals(b.value, a.value)) {
            diff.add(
                    Kind.CONSTANT,
                    b.name,
                    Verdict.REFUSED,
                    "the constant changes from "
                            + quoted(b.value) + " to " + quoted(a.value)
                            + ": the field was initialised before the patch;"
                            + " bodies that were compiled with the new value can be taken");
        }
        if (!texts(b.visibleAnnotations).equals(texts(a.visibleAnnotations))) {
            diff.add(
                    Kind.FIELD,
                    b.name,
                    Verdict.REFUSED,
                    "the annotations of the field change, and reflection may have read them");
        }
    }

    private static String quoted(@Nullable Object value) {
        return value == null ? "none" : "'" + value + "'";
    }

    private static Map<String, FieldNode> byName(ClassNode type) {
        Map<String, FieldNode> fields = new LinkedHashMap<>();
        type.fields.forEach(field -> fields.put(field.name + ":" + field.desc, field));
        return fields;
    }

    private static List<String> texts(@Nullable List<AnnotationNode> annotations) {
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
