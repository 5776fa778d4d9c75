package dev.jlp.builder;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Two releases of a small hierarchy, made by chance: each member is in one of them, in both alike, or in both and
 * different. {@code p.Main} calls everything and says what came of it. A method calls those of lower numbers
 * only, so all calls end.
 */
final class RandomReleases {

    private static final int CLASSES = 4;
    private static final int METHODS = 5;
    private static final int NONE = -1;
    private static final String[] PARAMETERS = {"", "int a", "int a, long b", "String s, double d"};
    private static final String[] ARGUMENTS = {"", "7", "3, 4L", "\"abc\", 2.5"};
    private static final String[] FIELDS = {"int f0", "long f1", "String f2", "double f3"};
    private static final String[] VALUES = {"%d", "%dL * 2", "\"v\" + %d", "%d / 4.0"};
    private static final String[] READS = {
        "f0", "(int) f1", "String.valueOf(f2).length()", "(int) (f3 * 4)"
    };

    /** In which release a member is, and how: none is where a number is -1. */
    private record Member(int before, int after) {

        int in(boolean fixed) {
            return fixed ? after : before;
        }
    }

    private final Random random;
    private final long seed;
    private final int[] parents = new int[CLASSES];
    private final boolean[] implementing = new boolean[CLASSES];

    /** The last one is the interface. */
    private final Member[][] methods = new Member[CLASSES + 1][METHODS];

    private final Member[][] privates = new Member[CLASSES][METHODS];
    private final Member[][] statics = new Member[CLASSES][METHODS];
    private final Member[][] fields = new Member[CLASSES][FIELDS.length];
    private final Member[][] counts = new Member[CLASSES][2];
    private final Member[][] constructors = new Member[CLASSES][PARAMETERS.length];

    RandomReleases(long seed) {
        this.seed = seed;
        random = new Random(seed);
        for (int type = 0; type <= CLASSES; type++) {
            fill(methods[type], 4);
            if (type < CLASSES) {
                parents[type] = type == 0 ? NONE : random.nextInt(type + 1) - 1;
                implementing[type] = random.nextInt(3) == 0;
                fill(privates[type], 4);
                fill(statics[type], 4);
                fill(fields[type], 3);
                fill(counts[type], 3);
                fill(constructors[type], 3);
                constructors[type][random.nextInt(PARAMETERS.length)] = new Member(1, 1);
            }
        }
    }

    private void fill(Member[] members, int rarity) {
        for (int i = 0; i < members.length; i++) {
            int version = 1 + random.nextInt(1_000);
            members[i] = switch (random.nextInt(rarity + 3)) {
                case 0 -> new Member(version, version);
                case 1 -> new Member(version, version + 1_000);
                case 2 -> new Member(NONE, version);
                case 3 ->
                    random.nextInt(3) == 0
                            ? new Member(version, NONE)
                            : new Member(version, version);
                default -> new Member(NONE, NONE);
            };
        }
    }

    String[] release(boolean fixed) {
        List<String> sources = new ArrayList<>();
        sources.add(main(fixed));
        StringBuilder contract = new StringBuilder("package p; interface I {\n");
        for (int i = 0; i < METHODS; i++) {
            if (methods[CLASSES][i].in(fixed) != NONE) {
                contract.append("default int m" + i + "(int a) { return "
                        + methods[CLASSES][i].in(fixed) + " + a; }\n");
            }
        }
        sources.add(contract.append("}\n").toString());
        for (int type = 0; type < CLASSES; type++) {
            sources.add(type(type, fixed));
        }
        return sources.toArray(new String[0]);
    }

    private String type(int type, boolean fixed) {
        StringBuilder text = new StringBuilder("package p; class C" + type);
        text.append(parents[type] == NONE ? "" : " extends C" + parents[type]);
        text.append(implementing[type] ? " implements I {\n" : " {\n");
        for (int i = 0; i < FIELDS.length; i++) {
            int version = fields[type][i].in(fixed);
            if (version != NONE) {
                text.append(FIELDS[i]);
                text.append(version % 2 == 0 ? "" : " = " + String.format(VALUES[i], version));
                text.append(";\n");
            }
        }
        for (int i = 0; i < counts[type].length; i++) {
            int version = counts[type][i].in(fixed);
            if (version != NONE) {
                text.append("static int t" + i + " = Integer.parseInt(\"" + version + "\");\n");
            }
        }
        for (int i = 0; i < PARAMETERS.length; i++) {
            if (constructors[type][i].in(fixed) != NONE) {
                text.append(constructor(type, i, fixed));
            }
        }
        for (int i = 0; i < METHODS; i++) {
            int shared = methods[type][i].in(fixed);
            if (shared != NONE) {
                text.append("public int m" + i + "(int a) { return "
                        + body(type, i, shared, fixed, true) + "; }\n");
            }
            int own = privates[type][i].in(fixed);
            if (own != NONE) {
                text.append("private int p" + i + "(int a) { return "
                        + body(type, i, own, fixed, true) + "; }\n");
            }
            int common = statics[type][i].in(fixed);
            if (common != NONE) {
                text.append("static int s" + i + "(int a) { return "
                        + body(type, i, common, fixed, false) + "; }\n");
            }
        }
        return text.append("}\n").toString();
    }

    private String constructor(int type, int index, boolean fixed) {
        int version = constructors[type][index].in(fixed);
        Random choice = new Random(seed * 31 + type * 7L + index + version * 1_009L);
        StringBuilder text = new StringBuilder("C" + type + "(" + PARAMETERS[index] + ") { ");
        int other = choice.nextInt(PARAMETERS.length);
        if (other < index && constructors[type][other].in(fixed) != NONE && choice.nextBoolean()) {
            text.append("this(" + ARGUMENTS[other] + "); ");
        } else if (parents[type] != NONE) {
            List<Integer> above = new ArrayList<>();
            for (int i = 0; i < PARAMETERS.length; i++) {
                if (constructors[parents[type]][i].in(fixed) != NONE) {
                    above.add(i);
                }
            }
            text.append("super(" + ARGUMENTS[above.get(choice.nextInt(above.size()))] + "); ");
        }
        for (int i = 0; i < FIELDS.length; i++) {
            if (fields[type][i].in(fixed) != NONE && choice.nextBoolean()) {
                String name = FIELDS[i].substring(FIELDS[i].indexOf(' ') + 1);
                boolean first = index == 1 || index == 2;
                String value = String.format(VALUES[i], version % 50);
                String more = first && i != 2 ? " + a" : "";
                text.append((choice.nextInt(3) == 0 && first ? "if (a > 4) " : "") + "this." + name
                        + " = " + value + more + "; ");
            }
        }
        return text.append("}\n").toString();
    }

    /** A sum of what is there; the same for the same version. */
    private String body(int type, int number, int version, boolean fixed, boolean instance) {
        Random choice = new Random(seed * 17 + version * 131L + number);
        StringBuilder text = new StringBuilder("(int) (" + version + "L + a");
        for (int terms = choice.nextInt(4); terms >= 0; terms--) {
            String term = term(type, number, choice, fixed, instance);
            text.append(term.isEmpty() ? "" : " * 3 + " + term);
        }
        return text.append(" % 10007)").toString();
    }

    private String term(int type, int number, Random choice, boolean fixed, boolean instance) {
        int lower = number == 0 ? 0 : choice.nextInt(number);
        int any = choice.nextInt(CLASSES);
        boolean calls = number > 0;
        return switch (choice.nextInt(10)) {
            case 0 -> calls && instance && has(type, lower, fixed) ? "m" + lower + "(a + 1)" : "";
            case 1 ->
                calls && instance && is(privates, type, lower, fixed) ? "p" + lower + "(a)" : "";
            case 2 ->
                calls && inherits(statics, any, lower, fixed)
                        ? "C" + any + ".s" + lower + "(a)"
                        : "";
            case 3 -> {
                int field = choice.nextInt(FIELDS.length);
                yield instance && inherits(fields, type, field, fixed) ? READS[field] : "";
            }
            case 4 -> {
                int field = choice.nextInt(2);
                yield inherits(counts, any, field, fixed) ? "C" + any + ".t" + field + "++" : "";
            }
            case 5 ->
                instance
                                && parents[type] != NONE
                                && calls
                                && inherits(methods, parents[type], lower, fixed)
                        ? "super.m" + lower + "(a)"
                        : "";
            case 6 -> {
                int made = choice.nextInt(PARAMETERS.length);
                yield calls && is(constructors, any, made, fixed) && has(any, lower, fixed)
                        ? "new C" + any + "(" + ARGUMENTS[made] + ").m" + lower + "(a)"
                        : "";
            }
            case 7 ->
                calls && instance && is(privates, type, lower, fixed)
                        ? "((java.util.function.IntUnaryOperator) x -> x + p" + lower
                                + "(a)).applyAsInt(2)"
                        : "";
            case 8 ->
                calls && instance && has(type, lower, fixed)
                        ? "((java.util.function.IntUnaryOperator) this::m" + lower
                                + ").applyAsInt(a)"
                        : "";
            default ->
                instance
                                && implementing[type]
                                && parents[type] == NONE
                                && calls
                                && methods[CLASSES][lower].in(fixed) != NONE
                        ? "I.super.m" + lower + "(a)"
                        : "";
        };
    }

    private static boolean is(Member[][] members, int type, int index, boolean fixed) {
        return members[type][index].in(fixed) != NONE;
    }

    private boolean inherits(Member[][] members, int type, int index, boolean fixed) {
        for (int at = type; at != NONE; at = parents[at]) {
            if (is(members, at, index, fixed)) {
                return true;
            }
        }
        return false;
    }

    private boolean has(int type, int index, boolean fixed) {
        boolean contract = false;
        for (int at = type; at != NONE; at = parents[at]) {
            contract |= implementing[at];
        }
        return inherits(methods, type, index, fixed)
                || (contract && methods[CLASSES][index].in(fixed) != NONE);
    }

    private String main(boolean fixed) {
        StringBuilder text = new StringBuilder("package p; public class Main implements"
                + " java.util.concurrent.Callable<Object> { public Object call() {"
                + " StringBuilder b = new StringBuilder();\n");
        for (int type = 0; type < CLASSES; type++) {
            for (int made = 0; made < PARAMETERS.length; made++) {
                if (is(constructors, type, made, fixed)) {
                    object(text, type, made, fixed);
                }
            }
            for (int i = 0; i < METHODS; i++) {
                if (inherits(statics, type, i, fixed)) {
                    text.append("b.append(C" + type + ".s" + i + "(2)).append(' ');\n");
                }
            }
        }
        return text.append("return b.toString(); } }\n").toString();
    }

    /** Makes an object, and calls it by the names of all its classes. */
    private void object(StringBuilder text, int type, int made, boolean fixed) {
        text.append("{ C" + type + " o = new C" + type + "(" + ARGUMENTS[made] + ");\n");
        for (int at = type; at != NONE; at = parents[at]) {
            for (int i = 0; i < METHODS; i++) {
                if (has(at, i, fixed)) {
                    text.append("b.append(((C" + at + ") o).m" + i + "(1)).append(' ');\n");
                }
            }
            for (int i = 0; i < FIELDS.length; i++) {
                if (inherits(fields, at, i, fixed)) {
                    text.append("b.append(((C" + at + ") o).f" + i + ").append(' ');\n");
                }
            }
        }
        text.append("b.append('\\n'); }\n");
    }
}
