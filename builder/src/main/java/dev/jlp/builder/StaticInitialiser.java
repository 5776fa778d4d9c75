package dev.jlp.builder;

import dev.jlp.builder.CallEffects.Touch;
import dev.jlp.builder.InitStatement.Span;
import dev.jlp.patch.MethodId;
import dev.jlp.weaver.Fingerprints;

import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.FieldNode;
import org.objectweb.asm.tree.InsnNode;
import org.objectweb.asm.tree.MethodNode;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The static initialiser of one class: its statements and what they have to do with its fields. */
final class StaticInitialiser {

    private final ClassNode type;
    private final Map<FieldKey, FieldNode> fields;
    private final MethodNode method;
    private final LinearCode code;
    private final ValueFlow flow;
    private final OwnMethods own;
    private final @Nullable String obstacle;
    private final List<InitStatement> statements = new ArrayList<>();
    private final StatementText text;
    private final Map<FieldKey, InitChoice> concerns = new HashMap<>();

    private StaticInitialiser(ClassNode type, MethodNode method, @Nullable String obstacle) {
        this.type = type;
        this.method = method;
        this.obstacle = obstacle;
        this.fields = fields(type);
        List<FieldKey> keys = List.copyOf(fields.keySet());
        this.code = new LinearCode(method);
        this.flow = new ValueFlow(type.name, keys, method, code);
        this.own = new OwnMethods(type, keys);
        for (Span span : InitStatement.split(code, flow)) {
            statements.add(statement(span));
        }
        this.text = new StatementText(type, method, code, flow);
    }

    static StaticInitialiser of(ClassNode type) {
        MethodNode method = ClassFiles.method(type, "<clinit>", "()V");
        if (method == null) {
            return new StaticInitialiser(type, nothing(), null);
        }
        try {
            return new StaticInitialiser(type, method, null);
        } catch (IllegalArgumentException unreadable) {
            return new StaticInitialiser(
                    type,
                    nothing(),
                    "the static initialiser can't be divided: " + unreadable.getMessage());
        }
    }

    private static MethodNode nothing() {
        MethodNode method = new MethodNode(Opcodes.ACC_STATIC, "<clinit>", "()V", null, null);
        method.instructions.add(new InsnNode(Opcodes.RETURN));
        return method;
    }

    private static Map<FieldKey, FieldNode> fields(ClassNode type) {
        Map<FieldKey, FieldNode> fields = new LinkedHashMap<>();
        for (FieldNode field : type.fields) {
            if (ClassFiles.has(field.access, Opcodes.ACC_STATIC)) {
                fields.put(FieldKey.of(field), field);
            }
        }
        return fields;
    }

    private InitStatement statement(Span span) {
        InitStatement statement = InitStatement.empty(span);
        for (int i = span.start(); i < span.end(); i++) {
            if (code.at(i) instanceof FieldInsnNode access) {
                access(i, access, statement);
            }
            flow.touches(i).forEach(statement::touch);
            statement.needs().addAll(flow.loads(i));
            statement.uses().addAll(flow.loaded(i));
            called(own.effects(own.calledBy(code, i)), statement);
            passed(own.effects(own.passedBy(code, flow, i)), statement);
        }
        return statement;
    }

    private void access(int index, FieldInsnNode access, InitStatement statement) {
        FieldKey set = flow.field(index, Opcodes.PUTSTATIC);
        FieldKey read = flow.field(index, Opcodes.GETSTATIC);
        if (set != null) {
            statement.sets().add(set);
        } else if (read != null) {
            statement.reads().add(read);
        } else if (access.getOpcode() == Opcodes.PUTSTATIC) {
            statement.elsewhere().add(access.owner.replace('/', '.') + "." + access.name);
        }
    }

    private void called(OwnMethods.Effects effects, InitStatement statement) {
        statement.reads().addAll(effects.reads());
        statement.sets().addAll(effects.sets());
        effects.touches().forEach((field, touch) -> statement.touch(flow.origin(field), touch));
    }

    /** Whoever gets a function may run it now, later, or never. */
    private void passed(OwnMethods.Effects effects, InitStatement statement) {
        statement.reads().addAll(effects.reads());
        effects.sets().forEach(field -> statement.touch(flow.origin(field), Touch.POSSIBLE));
        effects.touches()
                .forEach((field, touch) -> statement.touch(flow.origin(field), Touch.POSSIBLE));
    }

    /** The static fields that the class declares. */
    Map<FieldKey, FieldNode> fields() {
        return fields;
    }

    List<InitStatement> statements() {
        return statements;
    }

    LinearCode code() {
        return code;
    }

    ValueFlow flow() {
        return flow;
    }

    MethodNode method() {
        return method;
    }

    /** Why nothing is known about the statements; null if they are known. */
    @Nullable
    String obstacle() {
        return obstacle;
    }

    /** What is needed to set a field: equal in two releases if they initialise it in the same way. */
    String text(FieldKey field) {
        if (obstacle != null) {
            return named().contains(field) ? whole() : text(List.of());
        }
        InitChoice concern = concern(field);
        return text(concern.compared());
    }

    /** The text of statements and of the static methods of the class that they call. */
    String text(List<InitStatement> chosen) {
        Set<MethodId> called = new HashSet<>();
        for (InitStatement statement : chosen) {
            for (int i = statement.start(); i < statement.end(); i++) {
                called.addAll(own.calledBy(code, i));
                called.addAll(own.passedBy(code, flow, i));
            }
        }
        return text.of(chosen) + own.texts(called);
    }

    /** The other static fields of the class whose values a field's initialisation reads. */
    Set<FieldKey> readFor(FieldKey field) {
        Set<FieldKey> reads = new TreeSet<>();
        if (obstacle != null) {
            reads.addAll(named().contains(field) ? named() : Set.of());
        } else {
            concern(field).compared().forEach(statement -> reads.addAll(statement.reads()));
        }
        reads.remove(field);
        return reads;
    }

    private InitChoice concern(FieldKey field) {
        return concerns.computeIfAbsent(field, key -> choose(Set.of(key)));
    }

    /** What is needed to set fields. */
    InitChoice choose(Set<FieldKey> chosen) {
        return new InitChoice(this, chosen);
    }

    /** Statements that no static field of the class is initialised by. */
    List<InitStatement> others() {
        List<InitStatement> others = new ArrayList<>(statements);
        fields.keySet().forEach(field -> others.removeAll(concern(field).compared()));
        return others;
    }

    /** A statement and all that it needs for its locals, in order. */
    List<InitStatement> withLocals(InitStatement root) {
        Set<InitStatement> chain = new HashSet<>();
        addWithLocals(root, chain);
        return statements.stream().filter(chain::contains).toList();
    }

    private void addWithLocals(InitStatement statement, Set<InitStatement> chain) {
        if (chain.add(statement)) {
            statement.needs().forEach(store -> addWithLocals(containing(store), chain));
        }
    }

    InitStatement containing(int instruction) {
        for (InitStatement statement : statements) {
            if (statement.holds(instruction)) {
                return statement;
            }
        }
        throw new IllegalArgumentException("instruction " + instruction + " is in no statement");
    }

    /** The fingerprint of the whole initialiser. */
    String whole() {
        return Fingerprints.ofMethods(type).getOrDefault(new MethodId("<clinit>", "()V"), "");
    }

    private Set<FieldKey> named() {
        MethodNode whole = ClassFiles.method(type, "<clinit>", "()V");
        if (whole == null) {
            return Collections.emptySet();
        }
        Set<FieldKey> named = new TreeSet<>();
        whole.instructions.forEach(node -> {
            if (node instanceof FieldInsnNode access && access.owner.equals(type.name)) {
                named.add(FieldKey.of(access));
            }
        });
        return named;
    }
}
