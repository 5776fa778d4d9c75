package dev.jlp.builder;

import dev.jlp.builder.InitActions.Action;

import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FieldNode;
import org.objectweb.asm.tree.MethodNode;

import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What the static initialiser of the fixed class does otherwise than that of the original, and the
 * part of it that sets some fields. A running JVM has initialised the class and never does it again.
 */
final class Initialisers {

    private final StaticInitialiser before;
    private final StaticInitialiser after;
    private final Set<FieldKey> added = new TreeSet<>();
    private final Set<FieldKey> changed = new TreeSet<>();

    private Initialisers(ClassNode before, ClassNode after) {
        this.before = StaticInitialiser.of(before);
        this.after = StaticInitialiser.of(after);
    }

    /** Compares a class of both releases, compiler-made members under matched names in both. */
    static Initialisers compare(ClassNode before, ClassNode after) {
        Initialisers initialisers = new Initialisers(before, after);
        initialisers.compare();
        return initialisers;
    }

    private void compare() {
        after.fields().forEach((key, field) -> {
            FieldNode original = before.fields().get(key);
            if (original == null) {
                added.add(key);
            } else if (!Objects.equals(original.value, field.value)
                    || !before.text(key).equals(after.text(key))) {
                changed.add(key);
            }
        });
        int known = -1;
        while (known != changed.size()) {
            known = changed.size();
            for (FieldKey key : after.fields().keySet()) {
                if (!added.contains(key) && readsOther(after.readFor(key))) {
                    changed.add(key);
                }
            }
        }
    }

    private boolean readsOther(Set<FieldKey> reads) {
        return !Collections.disjoint(reads, changed) || !Collections.disjoint(reads, added);
    }

    /**
     * Static fields of both classes that the fixed one initialises otherwise: by another constant,
     * by other statements, by static methods of the class with other bodies, or from a field that is
     * changed or added. What constructors and instance methods of the class do does not count, nor
     * does the ordinal of an enum constant.
     */
    Set<FieldKey> changed() {
        return Collections.unmodifiableSet(changed);
    }

    /** Static fields that only the fixed class has. */
    Set<FieldKey> added() {
        return Collections.unmodifiableSet(added);
    }

    /** Those of the changed fields that are enum constants: their objects are known by identity. */
    Set<FieldKey> enumConstantsChanged() {
        Set<FieldKey> constants = new TreeSet<>();
        for (FieldKey key : changed) {
            FieldNode field = after.fields().get(key);
            if (field != null && ClassFiles.has(field.access, Opcodes.ACC_ENUM)) {
                constants.add(key);
            }
        }
        return constants;
    }

    /**
     * What the fixed initialiser does that the original does not do, or does with a changed or added
     * field, and that initialises no static field of the class; a sentence each.
     */
    List<String> effects() {
        if (!isDivided()) {
            return before.whole().equals(after.whole())
                    ? List.of()
                    : List.of("the static initialisers differ and can't be divided");
        }
        return new InitActions(after)
                .beyond(new InitActions(before), reads -> readsOther(reads)).stream()
                        .map(Action::asNew)
                        .toList();
    }

    private boolean isDivided() {
        return before.obstacle() == null && after.obstacle() == null;
    }

    /** What the original does and the fixed initialiser does not do any more; a sentence each. */
    List<String> dropped() {
        if (!isDivided()) {
            return List.of();
        }
        return new InitActions(before)
                .beyond(new InitActions(after), reads -> false).stream()
                        .map(Action::asGone)
                        .toList();
    }

    /**
     * The part of the fixed initialiser that sets these fields and what they hold, as a method
     * {@code static void <clinit>()} that still names them as fields of the class. Fields that it
     * does not set are read from the class. It has a frame wherever the class file has one, in full
     * form, and the same limits of stack and locals; nothing has to be computed.
     *
     * @return empty if the part can't run without the rest: see {@link #whyNot}
     */
    Optional<MethodNode> slice(Set<FieldKey> fields) {
        InitChoice choice = after.choose(fields);
        return choice.obstacle() != null
                ? Optional.empty()
                : Optional.of(InitSlice.of(after.method(), after.code(), choice.statements()));
    }

    /** Why there is no slice for these fields; empty if there is one. */
    Optional<String> whyNot(Set<FieldKey> fields) {
        @Nullable String obstacle = after.choose(fields).obstacle();
        return Optional.ofNullable(obstacle);
    }

    /** These fields and the other static fields of the class that only the same statements can set. */
    Set<FieldKey> together(Set<FieldKey> fields) {
        Set<FieldKey> all = new TreeSet<>(fields);
        boolean more = true;
        while (more) {
            InitChoice choice = after.choose(all);
            more = all.addAll(choice.entangled());
            more |= all.addAll(readTooEarly(choice));
        }
        return all;
    }

    /**
     * Fields in new homes that the statements read before all of their own have run. In a home of their own
     * they would be complete when they are read.
     */
    private Set<FieldKey> readTooEarly(InitChoice choice) {
        Set<FieldKey> found = new TreeSet<>();
        for (InitStatement reader : choice.statements()) {
            for (FieldKey read : reader.reads()) {
                boolean moves = added.contains(read) || changed.contains(read);
                if (moves
                        && after.choose(Set.of(read)).statements().stream()
                                .anyMatch(later -> later.start() > reader.start())) {
                    found.add(read);
                }
            }
        }
        return found;
    }
}
