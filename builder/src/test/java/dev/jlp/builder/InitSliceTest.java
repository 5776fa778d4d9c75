package dev.jlp.builder;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.objectweb.asm.tree.ClassNode;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

class InitSliceTest {

    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit
    Path folder;

    static Stream<String> types() {
        return Stream.of(
                "class A { static int X = 3 * Integer.parseInt(\"4\"); static long L = X * 2L;"
                        + " static String S = \"a\" + L; static double D; }",
                "class A { static final Map<String, String> M = new HashMap<>();"
                        + " static { M.put(\"a\", \"b\"); if (M.size() > 1) { M.clear(); }"
                        + " M.put(\"c\", \"d\"); } static final int N = M.size(); }",
                "class A { static final Set<String> S; static final int N; static {"
                        + " Set<String> s = new HashSet<>(); long total = 0; double d = 1;"
                        + " for (String x : \"a b c\".split(\" \")) { s.add(x); total += 2; }"
                        + " S = Collections.unmodifiableSet(s);"
                        + " int n = 0; while (n < total) { n++; } N = n + (int) d; } }",
                "class A { static final byte[] T = new byte[16];"
                        + " static final String[][] W = {{\"a\"}, {\"b\", \"c\"}}; static {"
                        + " for (int i = 0; i < 16; i++) { T[i] = -1; }"
                        + " for (int i = 0; i < 8; i++) { T[i] = (byte) (i > 3 ? i : 2 * i); } } }",
                "class A { static int X; static int Y = 1; static { try {"
                        + " X = Integer.parseInt(\"no\"); } catch (NumberFormatException e) {"
                        + " X = e.getMessage().length(); } finally { System.gc(); } }"
                        + " static int Z = 7; static { switch (Z) { case 1: Z = 5; break;"
                        + " case 7: Z = 8; break; default: Z = 0; } } }",
                "class A { static final Supplier<String> F = () -> \"x\"; static String V = F.get();"
                        + " static final List<String> L = Stream.of(\"b\", \"a\").sorted()"
                        + ".collect(Collectors.toList()); static void f() { assert V != null; } }",
                "enum A { X(1), Y(2) { int m() { return 9; } }; int n; A(int n) { this.n = n; }"
                        + " int m() { return n; } static final Map<Integer, A> BY = new HashMap<>();"
                        + " static { for (A a : values()) { BY.put(a.m(), a); } } }",
                "interface A { int C = 1; String S = \"a\".concat(\"b\"); List<String> L ="
                        + " Arrays.asList(S, \"c\"); Runnable R = () -> { }; }",
                "class A { static final List<String> L = new ArrayList<>(); static { fill(\"a\");"
                        + " fill(\"b\"); } static void fill(String s) { L.add(s); } static int n;"
                        + " static synchronized int next() { return ++n; }"
                        + " static int P = next(); static int Q = next(); }",
                "class A { static final Object LOCK = new Object(); static int X; static {"
                        + " synchronized (LOCK) { X = 4; } boolean b = X > 3 && LOCK != null;"
                        + " Y = b ? \"yes\" : \"no\"; } static final String Y; }",
                "class A { static int f(TimeUnit u) { switch (u) { case DAYS: return 1;"
                        + " case HOURS: return 2; default: return 3; } } static int X ="
                        + " f(TimeUnit.DAYS); }");
    }

    @ParameterizedTest
    @MethodSource("types")
    void a_slice_gives_its_fields_the_values_of_the_whole(String type) throws Exception {
        for (List<String> options : List.of(List.<String>of(), List.of("--release", "8"))) {
            Release release = release(type, options);
            for (String name : release.classes().keySet()) {
                ClassNode node = release.parse(name);
                Initialisers initialisers = Initialisers.compare(node, node);
                assertThat(initialisers.changed()).isEmpty();
                Set<FieldKey> all = new TreeSet<>();
                node.fields.stream()
                        .filter(field -> ClassFiles.has(field.access, 8))
                        .forEach(field -> all.add(FieldKey.of(field)));
                check(release, node, initialisers, all);
                for (FieldKey field : all) {
                    check(release, node, initialisers, initialisers.together(Set.of(field)));
                }
            }
        }
    }

    private static void check(
            Release release, ClassNode node, Initialisers initialisers, Set<FieldKey> fields)
            throws Exception {
        try (Holder whole = new Holder(release);
                Holder part = new Holder(release)) {
            String holder = part.add(
                    node,
                    fields,
                    initialisers
                            .slice(fields)
                            .orElseThrow(() -> new AssertionError(initialisers.whyNot(fields))),
                    "<clinit>");
            assertThat(part.values(holder, fields))
                    .as(fields.toString())
                    .isEqualTo(whole.values(node.name.replace('/', '.'), fields));
        }
    }

    private Release release(String type, List<String> options) throws Exception {
        String source = "package p; import java.util.*; import java.util.concurrent.TimeUnit;"
                + " import java.util.function.*; import java.util.stream.*; " + type;
        return Release.read(Sources.jar(folder.resolve("a.jar"), options, source), "a.jar");
    }
}
