package dev.jlp.builder;

import dev.jlp.builder.CallEffects.Touch;

import org.jspecify.annotations.Nullable;
import org.objectweb.asm.tree.MethodInsnNode;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The statements of a static initialiser that set some fields: those that store into them, those
 * that may change what they hold, and all that gives these their locals. Says what stands in the
 * way if they can't run without the others.
 */
final class InitChoice {

    private final StaticInitialiser initialiser;
    private final ValueFlow flow;
    private final List<FieldKey> order;
    private final Set<FieldKey> fields;
    private final Set<InitStatement> chosen = new HashSet<>();
    private final Set<InitStatement> shared = new HashSet<>();
    private final Set<Integer> objects = new HashSet<>();
    private final Set<FieldKey> entangled = new TreeSet<>();
    private @Nullable String obstacle;

    InitChoice(StaticInitialiser initialiser, Set<FieldKey> fields) {
        this.initialiser = initialiser;
        this.flow = initialiser.flow();
        this.order = List.copyOf(initialiser.fields().keySet());
        this.fields = fields;
        this.obstacle = initialiser.obstacle();
        for (FieldKey field : fields) {
            if (order.contains(field)) {
                hold(flow.origin(field));
            } else {
                refuse("the fixed class has no static field '" + field + "'");
            }
        }
        choose();
        check();
    }

    /** The statements, in their order. */
    List<InitStatement> statements() {
        return initialiser.statements().stream().filter(chosen::contains).toList();
    }

    /** Those and the ones that change what the fields hold while they set another field. */
    List<InitStatement> compared() {
        return initialiser.statements().stream()
                .filter(s -> chosen.contains(s) || shared.contains(s))
                .toList();
    }

    /** Why the statements can't run without the others; null if they can. */
    @Nullable
    String obstacle() {
        return obstacle;
    }

    /** Static fields of the class that would have to be set too. */
    Set<FieldKey> entangled() {
        return entangled;
    }

    private void choose() {
        int before = -1;
        while (before != chosen.size()) {
            before = chosen.size();
            for (InitStatement statement : initialiser.statements()) {
                if (!chosen.contains(statement) && isNeeded(statement)) {
                    add(statement);
                }
            }
        }
    }

    private boolean isNeeded(InitStatement statement) {
        return statement.sets().stream().anyMatch(fields::contains)
                || (!statement.setsOther(fields) && touches(statement, Touch.POSSIBLE));
    }

    /** Whether the statement changes an object of ours, at least that surely. */
    private boolean touches(InitStatement statement, Touch least) {
        return statement.touches().entrySet().stream()
                .anyMatch(touch ->
                        objects.contains(touch.getKey()) && touch.getValue().compareTo(least) >= 0);
    }

    private void add(InitStatement statement) {
        if (chosen.add(statement)) {
            statement.uses().forEach(this::hold);
            statement.needs().forEach(store -> add(initialiser.containing(store)));
        }
    }

    /** Takes an object and what it contains for ours, unless another field of the class holds it. */
    private void hold(int origin) {
        Deque<Integer> open = new ArrayDeque<>(List.of(origin));
        while (!open.isEmpty()) {
            int next = open.pop();
            if ((next >= 0 || fields.contains(field(next))) && objects.add(next)) {
                open.addAll(flow.contents(next));
            }
        }
    }

    private FieldKey field(int origin) {
        return order.get(-1 - origin);
    }

    private void check() {
        for (InitStatement statement : initialiser.statements()) {
            if (chosen.contains(statement)) {
                alone(statement);
            } else if (touches(statement, Touch.CERTAIN)) {
                shared.add(statement);
                entangled.addAll(statement.sets());
                refuse(line(statement) + " changes what they hold while it sets "
                        + sets(statement));
            }
            statement.touches().keySet().forEach(origin -> same(statement, origin));
        }
        entangled.removeAll(fields);
    }

    private void alone(InitStatement statement) {
        if (statement.setsOther(fields)) {
            entangled.addAll(statement.sets());
            refuse(line(statement) + " sets " + sets(statement) + " too");
        }
        statement.touches().forEach((origin, touch) -> {
            if (origin < 0 && touch == Touch.CERTAIN && !fields.contains(field(origin))) {
                entangled.add(field(origin));
                refuse(line(statement) + " changes what '" + field(origin) + "' holds too");
            }
        });
        for (int i = statement.start(); i < statement.end(); i++) {
            if (initialiser.code().at(i) instanceof MethodInsnNode call
                    && CallEffects.asksForCaller(call)) {
                refuse(line(statement) + " asks which class it is in, by '"
                        + call.owner.replace('/', '.') + "." + call.name + "'");
            }
        }
    }

    /** An object that is ours must not be changed through another field. */
    private void same(InitStatement statement, int origin) {
        if (origin < 0 && !fields.contains(field(origin))) {
            FieldKey other = field(origin);
            for (int held : flow.held(other)) {
                if (held >= 0 && objects.contains(held)) {
                    entangled.add(other);
                    refuse(line(statement) + " may change an object of theirs through '" + other
                            + "'");
                }
            }
        }
    }

    private String sets(InitStatement statement) {
        Set<String> others = new TreeSet<>(statement.elsewhere());
        statement.sets().stream()
                .filter(field -> !fields.contains(field))
                .forEach(field -> others.add(field.name()));
        return "'" + String.join("', '", others) + "'";
    }

    private String line(InitStatement statement) {
        int line = initialiser.code().line(statement.start());
        return line == 0 ? "a statement" : "the statement at line " + line;
    }

    private void refuse(String reason) {
        List<String> names = new ArrayList<>();
        new TreeSet<>(fields).forEach(field -> names.add("'" + field + "'"));
        obstacle = obstacle == null ? String.join(", ", names) + ": " + reason : obstacle;
    }
}
