package dev.jlp.builder;

import dev.jlp.builder.Change.Kind;
import dev.jlp.builder.Change.Verdict;

import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FieldNode;
import org.objectweb.asm.tree.MethodNode;

import java.util.Set;

/**
 * Compares static initialisers and constants. They have run; so a field that would get another value is read
 * elsewhere from then on, and what else would be done is for the author.
 */
final class InitialiserDiff {

    private final ClassDiff diff;

    InitialiserDiff(ClassDiff diff) {
        this.diff = diff;
    }

    void compare() {
        if (!hasInitialiser(diff.before()) && !hasInitialiser(diff.after()) && !hasConstants()) {
            return;
        }
        Initialisers initialisers = diff.initialisers();
        Set<FieldKey> constants = initialisers.enumConstantsChanged();
        for (FieldKey field : initialisers.changed()) {
            if (constants.contains(field)) {
                diff.add(
                        Kind.STATIC_INITIALISER,
                        field.name(),
                        Verdict.DONE_WITH_CARE,
                        "the enum constant is made otherwise; it stays as it was made");
            } else {
                changed(field);
            }
        }
        for (String effect : initialisers.effects()) {
            diff.add(Kind.STATIC_INITIALISER, "<clinit>()V", Verdict.NEEDS_CALLBACK, effect);
        }
        for (String effect : initialisers.dropped()) {
            diff.add(Kind.STATIC_INITIALISER, "<clinit>()V", Verdict.DONE_WITH_CARE, effect);
        }
    }

    private void changed(FieldKey key) {
        FieldNode field = Holders.find(diff.after(), key);
        if (field == null || Enums.isList(diff.after(), key)) {
            return;
        }
        boolean hidden = ClassFiles.has(field.access, Opcodes.ACC_PRIVATE | Opcodes.ACC_SYNTHETIC)
                || !ClassFiles.has(field.access, Opcodes.ACC_PUBLIC | Opcodes.ACC_PROTECTED);
        boolean isFinal = ClassFiles.has(field.access, Opcodes.ACC_FINAL);
        FieldNode original = Holders.find(diff.before(), key);
        Object was = original == null ? null : original.value;
        boolean isConstant = was != null && field.value != null;
        String reason = isConstant
                ? "the constant changes from '" + was + "' to '" + field.value
                        + "'; the releases' code has the new value"
                : "the field is initialised otherwise; the releases' code reads the new value";
        if (!isFinal) {
            reason += ", which starts anew";
        }
        if (!hidden) {
            reason += "; other code and reflection see the old one";
        }
        diff.addMoved(
                isConstant ? Kind.CONSTANT : Kind.STATIC_INITIALISER,
                key,
                hidden && isFinal ? Verdict.DONE : Verdict.DONE_WITH_CARE,
                reason);
    }

    private boolean hasConstants() {
        return diff.after().fields.stream().anyMatch(field -> field.value != null)
                || diff.before().fields.stream().anyMatch(field -> field.value != null);
    }

    private static boolean hasInitialiser(ClassNode type) {
        MethodNode initialiser = ClassFiles.method(type, "<clinit>", "()V");
        return initialiser != null;
    }
}
