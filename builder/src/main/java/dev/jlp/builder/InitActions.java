package dev.jlp.builder;

import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/** What a static initialiser does besides initialising the static fields of its class. */
final class InitActions {

    /**
     * One statement that does something.
     *
     * @param line of the source, 0 if it is not known
     * @param does what it does, as people say it
     * @param text with all that it needs, to compare
     * @param reads static fields of the class that it reads
     */
    record Action(int line, String does, String text, Set<FieldKey> reads) {

        String asNew() {
            return "the static initialiser " + does + where();
        }

        String asGone() {
            return "the static initialiser no longer " + does + where();
        }

        private String where() {
            return line == 0 ? "" : " (line " + line + ")";
        }
    }

    private final List<Action> actions = new ArrayList<>();

    InitActions(StaticInitialiser initialiser) {
        for (InitStatement statement : initialiser.others()) {
            String does = does(initialiser, statement);
            if (!does.isEmpty()) {
                List<InitStatement> chain = initialiser.withLocals(statement);
                Set<FieldKey> reads = new TreeSet<>();
                chain.forEach(needed -> reads.addAll(needed.reads()));
                int line = initialiser.code().line(statement.start());
                actions.add(new Action(line, does, initialiser.text(chain), reads));
            }
        }
    }

    /** Actions that the other initialiser lacks, and those that read certain fields. */
    List<Action> beyond(InitActions other, Predicate<Set<FieldKey>> affected) {
        Map<String, Integer> known = new HashMap<>();
        other.actions.forEach(action -> known.merge(action.text(), 1, Integer::sum));
        List<Action> more = new ArrayList<>();
        for (Action action : actions) {
            boolean isKnown = known.merge(action.text(), -1, Integer::sum) >= 0;
            if (!isKnown || affected.test(action.reads())) {
                more.add(action);
            }
        }
        return more;
    }

    private static String does(StaticInitialiser initialiser, InitStatement statement) {
        Set<String> calls = new LinkedHashSet<>();
        Set<String> creates = new LinkedHashSet<>();
        boolean stores = false;
        boolean fails = false;
        for (int i = statement.start(); i < statement.end(); i++) {
            AbstractInsnNode node = initialiser.code().at(i);
            int opcode = node.getOpcode();
            stores |= opcode == Opcodes.PUTFIELD
                    || (opcode >= Opcodes.IASTORE && opcode <= Opcodes.SASTORE);
            fails |= opcode == Opcodes.ATHROW;
            if (node instanceof MethodInsnNode call) {
                String owner = call.owner.replace('/', '.');
                if (call.name.equals("<init>")) {
                    creates.add("'" + owner + "'");
                } else {
                    calls.add("'" + owner + "." + call.name + "'");
                }
            }
        }
        List<String> words = new ArrayList<>();
        if (!calls.isEmpty()) {
            words.add("calls " + String.join(", ", calls));
        } else if (!creates.isEmpty()) {
            words.add("creates " + String.join(", ", creates));
        }
        if (!statement.elsewhere().isEmpty()) {
            words.add("sets '" + String.join("', '", statement.elsewhere()) + "'");
        }
        if (words.isEmpty() && stores) {
            words.add("stores into an object");
        }
        if (words.isEmpty() && fails) {
            words.add("throws");
        }
        return String.join(" and ", words);
    }
}
