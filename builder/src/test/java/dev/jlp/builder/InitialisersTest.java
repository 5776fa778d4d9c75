package dev.jlp.builder;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.objectweb.asm.Label;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FieldNode;
import org.objectweb.asm.tree.MethodNode;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

class InitialisersTest {

    private static final String MAP = "static final Map<String, String> M = new HashMap<>();";

    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit
    Path folder;

    /**
     * Two bodies of a class and what differs.
     *
     * @param rule that it shows
     * @param before the original's members
     * @param after the fixed release's members
     * @param changed names of the changed fields
     */
    record Case(String rule, String before, String after, List<String> changed) {

        Case(String rule, String before, String after, String... changed) {
            this(rule, before, after, List.of(changed));
        }

        @Override
        public String toString() {
            return rule;
        }
    }

    static Stream<Case> cases() {
        return Stream.of(
                new Case("nothing", "static int X = f();" + F, "static int X = f();" + F),
                new Case(
                        "another constant",
                        "static final int X = 1;",
                        "static final int X = 2;",
                        "X"),
                new Case(
                        "a constant that becomes a call",
                        "static final int X = 1;",
                        "static final int X = Integer.getInteger(\"x\", 1);",
                        "X"),
                new Case("the only initialiser goes", "static int X = 5;", "static int X;", "X"),
                new Case("the first one comes", "static int X;", "static int X = 5;", "X"),
                new Case(
                        "another order",
                        "static Object X = new Object(); static List<String> Y = new ArrayList<>();",
                        "static List<String> Y = new ArrayList<>(); static Object X = new Object();"),
                new Case(
                        "one more entry",
                        MAP + "static { M.put(\"a\", \"b\"); }",
                        MAP + "static { M.put(\"a\", \"b\"); M.put(\"c\", \"d\"); }",
                        "M"),
                new Case(
                        "an entry of a map is no change of the entry",
                        MAP + "static List<String> L = new ArrayList<>();"
                                + "static Map<String, Object> N = new HashMap<>();",
                        MAP + "static List<String> L = new ArrayList<>();"
                                + "static Map<String, Object> N = new HashMap<>();"
                                + "static { N.put(\"x\", L); }",
                        "N"),
                new Case(
                        "entries put through a local",
                        "static final Map<String, String> M; static {"
                                + "Map<String, String> m = new HashMap<>(); m.put(\"a\", \"b\");"
                                + "M = Collections.unmodifiableMap(m); }",
                        "static final Map<String, String> M; static {"
                                + "Map<String, String> m = new HashMap<>(); m.put(\"a\", \"c\");"
                                + "M = Collections.unmodifiableMap(m); }",
                        "M"),
                new Case(
                        "what is computed from it changes too",
                        "static int A = Integer.getInteger(\"a\", 1); static int B = A + 1;"
                                + "static int C = B + 1; static int D = Integer.getInteger(\"d\", 1);",
                        "static int A = Integer.getInteger(\"a\", 2); static int B = A + 1;"
                                + "static int C = B + 1; static int D = Integer.getInteger(\"d\", 1);",
                        "A",
                        "B",
                        "C"),
                new Case(
                        "what is computed from an added field",
                        "static int B = 1;",
                        "static int A = Integer.getInteger(\"a\", 2); static int B = A;",
                        "B"),
                new Case(
                        "a static method that computes it",
                        "static int X = f(); static int Y = Integer.getInteger(\"y\", 1);"
                                + "static int f() { return g(); } static int g() { return 1; }",
                        "static int X = f(); static int Y = Integer.getInteger(\"y\", 1);"
                                + "static int f() { return g(); } static int g() { return 2; }",
                        "X"),
                new Case(
                        "a static method that fills it",
                        "static List<String> L = new ArrayList<>(); static { f(); }"
                                + "static void f() { L.add(\"a\"); }",
                        "static List<String> L = new ArrayList<>(); static { f(); }"
                                + "static void f() { L.add(\"b\"); }",
                        "L"),
                new Case(
                        "the class's own constructor is no change of what it made",
                        "int x; static final A I = new A(); A() { x = 1; }",
                        "int x; static final A I = new A(); A() { x = 2; }"),
                new Case(
                        "the body of a function that is kept",
                        "static final Supplier<String> S = () -> \"a\";"
                                + "static final ThreadLocal<String> T ="
                                + " ThreadLocal.withInitial(() -> \"a\");",
                        "static final Supplier<String> S = () -> \"b\";"
                                + "static final ThreadLocal<String> T ="
                                + " ThreadLocal.withInitial(() -> \"b\");"),
                new Case(
                        "the body of a function that is run",
                        "static final Set<String> S = Stream.of(\"a\").map(s -> s + \"!\")"
                                + ".collect(Collectors.toSet());",
                        "static final Set<String> S = Stream.of(\"a\").map(s -> s + \"?\")"
                                + ".collect(Collectors.toSet());",
                        "S"),
                new Case(
                        "a function that fills it",
                        "static final Set<String> S = new HashSet<>(); static {"
                                + "Stream.of(\"a\").forEach(s -> S.add(s)); }",
                        "static final Set<String> S = new HashSet<>(); static {"
                                + "Stream.of(\"b\").forEach(s -> S.add(s)); }",
                        "S"),
                new Case(
                        "a loop that fills one of two tables",
                        "static final int[] T = new int[4]; static final int[] U = new int[4];"
                                + "static { for (int i = 0; i < 4; i++) { T[i] = i; }"
                                + "for (int i = 0; i < 4; i++) { U[i] = i; } }",
                        "static final int[] T = new int[4]; static final int[] U = new int[4];"
                                + "static { for (int i = 0; i < 4; i++) { T[i] = i; }"
                                + "for (int i = 0; i < 4; i++) { U[i] = 2 * i; } }",
                        "U"),
                new Case(
                        "a value of an option under a condition",
                        "static boolean B; static { if (System.getenv(\"X\") != null)"
                                + "{ B = true; } }",
                        "static boolean B; static { if (System.getenv(\"X\") == null)"
                                + "{ B = true; } }",
                        "B"),
                new Case(
                        "an assertion elsewhere",
                        "static int X = Integer.getInteger(\"x\", 1); void f(int a) { assert a > 0; }",
                        "static int X = Integer.getInteger(\"x\", 2); void f(int a) { assert a > 1; }",
                        "X"),
                new Case(
                        "an entry that comes with another field",
                        "static final Set<String> S = new HashSet<>(); static boolean b;"
                                + "static { b = S.add(\"a\"); }",
                        "static final Set<String> S = new HashSet<>(); static boolean b;"
                                + "static { b = S.add(\"b\"); }",
                        "S",
                        "b"),
                new Case(
                        "an entry behind a value of a map",
                        "static final Map<String, List<String>> M = new HashMap<>(); static {"
                                + "M.put(\"k\", new ArrayList<>()); M.get(\"k\").add(\"a\"); }",
                        "static final Map<String, List<String>> M = new HashMap<>(); static {"
                                + "M.put(\"k\", new ArrayList<>()); M.get(\"k\").add(\"b\"); }",
                        "M"),
                new Case(
                        "an entry through a local that was stored before",
                        "static final Map<String, String> M; static {"
                                + "Map<String, String> m = new HashMap<>(); M = m; m.put(\"a\", \"b\"); }",
                        "static final Map<String, String> M; static {"
                                + "Map<String, String> m = new HashMap<>(); M = m; m.put(\"a\", \"c\"); }",
                        "M"),
                new Case(
                        "a copy that is filled is no change of what was copied",
                        "static final List<String> A = new ArrayList<>(); static final List<String> B;"
                                + "static { List<String> l = new ArrayList<>(A); l.add(\"a\"); B = l; }",
                        "static final List<String> A = new ArrayList<>(); static final List<String> B;"
                                + "static { List<String> l = new ArrayList<>(A); l.add(\"b\"); B = l; }",
                        "B"),
                new Case(
                        "a logger that is used is no change of the logger",
                        "static final Logger LOG = Logger.getLogger(\"a\"); static {"
                                + "LOG.info(\"x\"); }",
                        "static final Logger LOG = Logger.getLogger(\"a\"); static {"
                                + "LOG.info(\"y\"); }"));
    }

    private static final String F = " static int f() { return 1; }";

    @ParameterizedTest
    @MethodSource("cases")
    void changed_fields_are_those_that_are_initialised_otherwise(Case example) throws Exception {
        for (List<String> options : List.of(List.<String>of(), List.of("--release", "8"))) {
            assertThat(compare(options, example.before(), example.after()).changed())
                    .extracting(FieldKey::name)
                    .containsExactlyInAnyOrderElementsOf(example.changed());
        }
    }

    @Test
    void interfaces_and_their_constants_are_compared_too() throws Exception {
        Initialisers initialisers = compareTypes(
                "interface A { int C = 1; Object O = new Object(); String S = f(1);"
                        + " static String f(int n) { return \"x\" + n; } }",
                "interface A { int C = 2; Object O = new Object(); String S = f(2);"
                        + " static String f(int n) { return \"x\" + n; } }");
        assertThat(initialisers.changed())
                .extracting(FieldKey::name)
                .containsExactlyInAnyOrder("C", "S");
    }

    @Test
    void an_added_enum_constant_changes_the_array_but_no_constant() throws Exception {
        Initialisers initialisers = compareTypes("enum A { X, Z }", "enum A { X, Y, Z }");
        assertThat(initialisers.added()).extracting(FieldKey::name).containsExactly("Y");
        assertThat(initialisers.changed()).extracting(FieldKey::name).containsExactly("$VALUES");
        assertThat(initialisers.enumConstantsChanged()).isEmpty();
    }

    @Test
    void an_enum_constant_with_other_arguments_is_named_apart() throws Exception {
        Initialisers initialisers = compareTypes(
                "enum A { X(1), Z(2); final int n; A(int n) { this.n = n; } }",
                "enum A { X(1), Z(3); final int n; A(int n) { this.n = n; } }");
        assertThat(initialisers.enumConstantsChanged())
                .extracting(FieldKey::name)
                .containsExactly("Z");
    }

    @Test
    void what_initialises_no_field_is_an_effect() throws Exception {
        Initialisers initialisers = compare(
                List.of(),
                "static int X = 1; static { System.setProperty(\"a\", \"b\"); System.gc(); }",
                "static int X = 1; static { System.setProperty(\"a\", \"c\"); System.gc(); }");
        assertThat(initialisers.changed()).isEmpty();
        assertThat(initialisers.effects())
                .containsExactly(
                        "the static initialiser calls 'java.lang.System.setProperty' (line 1)");
        assertThat(initialisers.dropped())
                .containsExactly("the static initialiser no longer calls"
                        + " 'java.lang.System.setProperty' (line 1)");
    }

    @Test
    void an_effect_with_a_changed_field_is_another_one() throws Exception {
        Initialisers initialisers = compare(
                List.of(),
                "static String X = \"a\".trim(); static { System.setProperty(\"a\", X); }",
                "static String X = \"b\".trim(); static { System.setProperty(\"a\", X); }");
        assertThat(initialisers.effects()).hasSize(1);
        assertThat(initialisers.dropped()).isEmpty();
    }

    @Test
    void a_field_that_is_set_with_a_kept_one_has_no_slice_alone() throws Exception {
        String body = "static int[] T = new int[4]; static int[] U = new int[4]; static int S;"
                + "static { for (int i = 0; i < 4; i++) { T[i] = i; U[i] = i; S += i; } }";
        Initialisers initialisers = compare(List.of(), body, body);
        FieldKey t = new FieldKey("T", "[I");
        assertThat(initialisers.slice(Set.of(t))).isEmpty();
        assertThat(initialisers.whyNot(Set.of(t)).orElseThrow())
                .isEqualTo("'T': the statement at line 1 changes what they hold while it sets 'S'");
        assertThat(initialisers.together(Set.of(t)))
                .extracting(FieldKey::name)
                .containsExactly("S", "T", "U");
        assertThat(initialisers.slice(initialisers.together(Set.of(t)))).isPresent();
    }

    @Test
    void a_lookup_of_the_class_itself_has_no_slice() throws Exception {
        String body = "static Object X = java.lang.invoke.MethodHandles.lookup();";
        assertThat(compare(List.of(), body, body)
                        .whyNot(Set.of(new FieldKey("X", "Ljava/lang/Object;")))
                        .orElseThrow())
                .contains("asks which class it is in");
    }

    @Test
    void an_initialiser_with_subroutines_is_compared_as_a_whole() {
        Initialisers same = Initialisers.compare(subroutine(1), subroutine(1));
        assertThat(same.changed()).isEmpty();
        assertThat(same.effects()).isEmpty();
        Initialisers other = Initialisers.compare(subroutine(1), subroutine(2));
        FieldKey set = new FieldKey("X", "I");
        assertThat(other.changed()).containsExactly(set);
        assertThat(other.effects())
                .containsExactly("the static initialisers differ and can't be divided");
        assertThat(other.whyNot(Set.of(set)).orElseThrow()).contains("it has subroutines");
    }

    private static ClassNode subroutine(int value) {
        ClassNode type = new ClassNode();
        type.version = Opcodes.V1_4;
        type.name = "p/A";
        type.superName = "java/lang/Object";
        type.fields.add(new FieldNode(Opcodes.ACC_STATIC, "X", "I", null, null));
        type.fields.add(new FieldNode(Opcodes.ACC_STATIC, "Y", "I", null, null));
        MethodNode method = new MethodNode(Opcodes.ACC_STATIC, "<clinit>", "()V", null, null);
        Label subroutine = new Label();
        method.visitJumpInsn(Opcodes.JSR, subroutine);
        method.visitInsn(Opcodes.RETURN);
        method.visitLabel(subroutine);
        method.visitVarInsn(Opcodes.ASTORE, 0);
        method.visitIntInsn(Opcodes.BIPUSH, value);
        method.visitFieldInsn(Opcodes.PUTSTATIC, "p/A", "X", "I");
        method.visitVarInsn(Opcodes.RET, 0);
        method.visitMaxs(1, 1);
        type.methods.add(method);
        return type;
    }

    @Test
    void a_long_chain_of_calls_is_followed() throws Exception {
        String chain = ".append(\"a\")".repeat(600);
        String body = "static StringBuilder X = new StringBuilder()" + chain + ";";
        assertThat(compare(List.of(), body, body + "static { X" + chain + "; }").changed())
                .extracting(FieldKey::name)
                .containsExactly("X");
    }

    private Initialisers compare(List<String> options, String before, String after)
            throws Exception {
        return compareTypes(options, "class A { " + before + " }", "class A { " + after + " }");
    }

    private Initialisers compareTypes(String before, String after) throws Exception {
        return compareTypes(List.of(), before, after);
    }

    private Initialisers compareTypes(List<String> options, String before, String after)
            throws Exception {
        return Initialisers.compare(
                release("before", options, before).parse("p/A"),
                release("after", options, after).parse("p/A"));
    }

    private Release release(String name, List<String> options, String type) throws Exception {
        String source = "package p; import java.util.*; import java.util.function.*;"
                + " import java.util.stream.*; import java.util.logging.Logger; " + type;
        return Release.read(Sources.jar(folder.resolve(name + ".jar"), options, source), name);
    }
}
