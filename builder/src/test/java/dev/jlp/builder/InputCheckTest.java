package dev.jlp.builder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/** What a build says of jars that are not what it needs. */
class InputCheckTest {

    private static final BuildOptions ALL = BuildOptions.named("fix", "1.0");

    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit
    Path folder;

    @Test
    void what_is_no_jar_or_no_whole_jar_is_refused() throws Exception {
        Path good = jar("a.jar", "class A { int f() { return 1; } }");
        Path text = Files.writeString(folder.resolve("b.jar"), "hello world");
        assertProblem(good, text, "'b.jar' is not a jar");
        byte[] half = Files.readAllBytes(good);
        Path cut = Files.write(folder.resolve("c.jar"), Arrays.copyOf(half, 100));
        assertProblem(good, cut, "'c.jar' is not a whole jar");
    }

    @Test
    void different_artifacts_are_refused() {
        assertProblem(
                jar("a.jar", "class A { }"),
                jar("b.jar", "class B { }"),
                "'a.jar' and 'b.jar' have no class in common: they are not two releases of one"
                        + " artifact");
    }

    @Test
    void jars_whose_names_mostly_differ_are_refused() {
        assertProblem(
                jar("a.jar", "class A { } class B { } class C { } class D { }"),
                jar("b.jar", "class A { } class X { } class Y { } class Z { }"),
                "of 4 classes of 'a.jar' only 1 have a counterpart of their name: these are not"
                        + " two releases of one artifact, or they are obfuscated");
    }

    /** As by a tool that keeps the names of classes and what is inherited. */
    @Test
    void jars_of_which_one_has_other_names_of_members_are_refused() {
        Path renamed = jar("a.jar", members("a", "+ 1"));
        Path plain = jar("b.jar", members("number", "+ 2"));
        String sentence = ", only 1 of 41 fields and methods have a counterpart of their"
                + " name: these are not two releases of one artifact, or they are obfuscated with"
                + " other names: let one mapping make both";
        assertProblem(
                renamed,
                plain,
                "in the classes that differ between 'a.jar' and 'b.jar'" + sentence);
        assertProblem(
                plain,
                renamed,
                "in the classes that differ between 'b.jar' and 'a.jar'" + sentence);
    }

    @Test
    void jars_made_with_one_mapping_are_compared() throws Exception {
        BuildResult result = PatchBuilder.build(
                List.of(pair(jar("a.jar", members("a", "+ 1")), jar("b.jar", members("a", "+ 2")))),
                ALL);
        assertThat(result.patch()).isPresent();
        assertThat(result.changes()).hasSize(20);
    }

    /** A rewritten class is a change, however much of it has other names. */
    @Test
    void a_rewritten_class_among_others_is_compared() throws Exception {
        String others = " class B { int f() { return 1; } } class C { int f() { return 2; } }";
        BuildResult result = PatchBuilder.build(
                List.of(pair(
                        jar("a.jar", members("old", "+ 1") + others),
                        jar("b.jar", members("other", "+ 2") + others))),
                ALL);
        assertThat(result.refusals()).isEmpty();
    }

    private static String members(String prefix, String term) {
        StringBuilder text =
                new StringBuilder("class A { public String toString() { return \"\"; } ");
        for (int i = 0; i < 20; i++) {
            String name = prefix + i;
            text.append("int ").append(name).append("; int ").append(name).append("() { return ");
            text.append(name).append(term).append("; } ");
        }
        return text.append("}").toString();
    }

    @Test
    void classes_newer_than_the_reader_are_refused() throws Exception {
        byte[] future = type(jar("f.jar", "class A { int f() { return 1; } }"), "p/A.class");
        future[7] = 99;
        assertProblem(
                jar("a.jar", "class A { int f() { return 2; } }"),
                zip("b.jar", Map.of("p/A.class", future)),
                "the class 'p.A' of 'b.jar' can't be read: class file version 99 is newer than");
    }

    @Test
    void a_name_that_is_not_utf_8_is_refused() throws Exception {
        byte[] odd = type(jar("f.jar", "class A { int hello() { return 1; } }"), "p/A.class");
        String text = new String(odd, StandardCharsets.ISO_8859_1);
        odd[text.indexOf("hello")] = (byte) 0xFF;
        assertProblem(
                jar("a.jar", "class A { int hello() { return 2; } }"),
                zip("b.jar", Map.of("p/A.class", odd)),
                "the class 'p.A' of 'b.jar' can't be read: a name or text in it is not UTF-8");
    }

    @Test
    void an_application_with_its_libraries_inside_is_refused() throws Exception {
        byte[] type = type(jar("f.jar", "class A { int f() { return 1; } }"), "p/A.class");
        Path boot = zip("boot.jar", Map.of("BOOT-INF/classes/p/A.class", type));
        assertProblem(
                boot,
                boot,
                "'boot.jar' has the class 'p.A' in the place of 'BOOT-INF.classes.p.A': an"
                        + " application with its libraries inside is no target");
    }

    @Test
    void two_originals_with_one_class_are_refused() {
        ReleasePair first = pair(
                jar("a-1.jar", "class A { int f() { return 1; } }"),
                jar("a-2.jar", "class A { int f() { return 2; } }"));
        ReleasePair second = pair(
                jar("b-1.jar", "class A { int f() { return 3; } }"),
                jar("b-2.jar", "class A { int f() { return 4; } }"));
        assertThatThrownBy(() -> PatchBuilder.build(List.of(first, second), ALL))
                .isInstanceOf(BuildProblem.class)
                .hasMessageContaining("'p.A' is in 'a-1.jar' and in 'b-1.jar'");
    }

    @Test
    void a_class_that_two_originals_carry_along_unchanged_is_allowed() throws Exception {
        String shared = "class S { int s() { return 0; } } ";
        ReleasePair first = pair(
                jar("a-1.jar", shared + "class A { int f() { return 1; } }"),
                jar("a-2.jar", shared + "class A { int f() { return 2; } }"));
        ReleasePair second = pair(
                jar("b-1.jar", shared + "class B { int f() { return 3; } }"),
                jar("b-2.jar", shared + "class B { int f() { return 4; } }"));
        assertThat(PatchBuilder.build(List.of(first, second), ALL).patch()).isPresent();
    }

    @Test
    void a_package_that_two_originals_share_is_told() throws Exception {
        ReleasePair first = pair(
                jar("a-1.jar", "class A { int f() { return 1; } }"),
                jar("a-2.jar", "class A { int f() { return 2; } }"));
        ReleasePair second = pair(
                jar("b-1.jar", "class B { int f() { return 3; } }"),
                jar("b-2.jar", "class B { int f() { return 4; } }"));
        assertThat(PatchBuilder.build(List.of(first, second), ALL).notes())
                .anyMatch(note -> note.startsWith("the package 'p' is in 'a-1.jar' and in"));
    }

    @Test
    void a_downgrade_is_told() throws Exception {
        assertThat(notes(
                        jar("a-1.10.jar", "class A { int f() { return 1; } }"),
                        jar("a-1.9.jar", "class A { int f() { return 2; } }")))
                .containsExactly("a downgrade: 'a-1.9.jar' (1.9) is older than 'a-1.10.jar'"
                        + " (1.10); were the two exchanged?");
        assertThat(notes(
                        jar("b-1.9.jar", "class A { int f() { return 1; } }"),
                        jar("b-1.10.jar", "class A { int f() { return 2; } }")))
                .isEmpty();
    }

    @Test
    void a_signed_original_is_told() throws Exception {
        byte[] type = type(jar("f.jar", "class A { int f() { return 1; } }"), "p/A.class");
        Path signed = zip("a.jar", Map.of("p/A.class", type, "META-INF/A.RSA", new byte[] {1}));
        assertThat(notes(signed, jar("b.jar", "class A { int f() { return 2; } }")))
                .containsExactly("'a.jar' is signed: its signature does not cover the patch, whose"
                        + " classes count as signed like those beside them");
    }

    @Test
    void names_that_look_obfuscated_are_told() throws Exception {
        StringBuilder before = new StringBuilder();
        StringBuilder after = new StringBuilder();
        for (char c = 'a'; c <= 'z'; c++) {
            before.append("class ").append(c).append(" { int f() { return 1; } } ");
            after.append("class ").append(c).append(" { int f() { return 2; } } ");
        }
        assertThat(notes(jar("x.jar", before.toString()), jar("y.jar", after.toString())))
                .singleElement()
                .asString()
                .startsWith("most classes of 'x.jar' and 'y.jar' have names of one or two letters");
    }

    @Test
    void a_changed_module_is_told() throws Exception {
        assertThat(notes(
                        module("a.jar", "exports p;", 1), module("b.jar", "requires java.sql;", 2)))
                .containsExactly("the module of 'a.jar' stays as it was: in the fixed release now"
                        + " 'requires java.sql', no longer 'exports p'");
    }

    @Test
    void a_native_method_is_refused() throws Exception {
        BuildResult result = PatchBuilder.build(
                List.of(pair(
                        jar("a.jar", "class A { int f() { return 1; } }"),
                        jar("b.jar", "class A { native int f(); native int g(); }"))),
                ALL);
        assertThat(result.patch()).isEmpty();
        assertThat(result.refusals())
                .extracting(Change::member, Change::reason)
                .containsExactlyInAnyOrder(
                        tuple("f()I", "the method changes whether it is native"),
                        tuple("g()I", "a native method is added"));
    }

    @Test
    void a_class_whose_constants_would_not_suffice_is_refused_by_name() throws Exception {
        assertProblem(
                zip("a.jar", Map.of("p/A.class", strings("a", 40_000))),
                zip("b.jar", Map.of("p/A.class", strings("b", 40_000))),
                "the class 'p.A' would have ");
    }

    @Test
    void other_class_files_for_a_java_release_are_told_or_taken() throws Exception {
        Path original = multiRelease("a.jar", "1");
        Path fixed = multiRelease("b.jar", "2");
        assertThat(notes(original, fixed))
                .containsExactly("'a' has other class files for Java 11 and later, which were not"
                        + " compared ('--target-jdk 11' does): p.A");
        BuildResult taken = PatchBuilder.build(List.of(pair(original, fixed)), ALL.forJdk(17));
        assertThat(taken.notes()).isEmpty();
        byte[] before =
                taken.patch().orElseThrow().targets().get(0).classes().get(0).before();
        assertThat(before).isEqualTo(type(original, "META-INF/versions/11/p/A.class"));
    }

    private Path multiRelease(String name, String number) throws IOException {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        entries.put(
                "META-INF/MANIFEST.MF",
                "Manifest-Version: 1.0\r\nMulti-Release: true\r\n\r\n"
                        .getBytes(StandardCharsets.UTF_8));
        entries.put(
                "p/A.class",
                type(jar("f.jar", "class A { int f() { return " + number + "0; } }"), "p/A.class"));
        entries.put(
                "META-INF/versions/11/p/A.class",
                type(jar("g.jar", "class A { int f() { return " + number + "1; } }"), "p/A.class"));
        return zip(name, entries);
    }

    private Path module(String name, String line, int number) throws IOException {
        Path plain = jar("f.jar", "class A { int f() { return " + number + "0; } }");
        Path module = Sources.jar(
                folder.resolve("m.jar"),
                List.of(),
                "module m { " + line + " }",
                "package p; public class A { }");
        return zip(
                name,
                Map.of(
                        "p/A.class",
                        type(plain, "p/A.class"),
                        "module-info.class",
                        type(module, "module-info.class")));
    }

    /** A class with so many strings, in methods that hold them. */
    private static byte[] strings(String prefix, int count) {
        ClassWriter writer = new ClassWriter(0);
        writer.visit(Opcodes.V11, Opcodes.ACC_SUPER, "p/A", null, "java/lang/Object", null);
        int each = 10_000;
        for (int from = 0; from < count / 2; from += each) {
            MethodVisitor method =
                    writer.visitMethod(Opcodes.ACC_STATIC, "m" + from, "()V", null, null);
            method.visitCode();
            for (int i = from; i < from + each; i++) {
                method.visitLdcInsn(prefix + i);
                method.visitInsn(Opcodes.POP);
            }
            method.visitInsn(Opcodes.RETURN);
            method.visitMaxs(1, 0);
            method.visitEnd();
        }
        writer.visitEnd();
        return writer.toByteArray();
    }

    private List<String> notes(Path original, Path fixed) throws BuildProblem {
        return PatchBuilder.build(List.of(pair(original, fixed)), ALL).notes();
    }

    private void assertProblem(Path original, Path fixed, String sentence) {
        assertThatThrownBy(() -> PatchBuilder.build(List.of(pair(original, fixed)), ALL))
                .isInstanceOf(BuildProblem.class)
                .hasMessageContaining(sentence);
    }

    private static ReleasePair pair(Path original, Path fixed) {
        return new ReleasePair(original.toString(), fixed.toString());
    }

    private Path jar(String name, String source) {
        return Sources.jar(folder.resolve(name), List.of(), "package p; " + source);
    }

    private static byte[] type(Path jar, String entry) throws IOException {
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            return zip.getInputStream(zip.getEntry(entry)).readAllBytes();
        }
    }

    private Path zip(String name, Map<String, byte[]> entries) throws IOException {
        Path jar = folder.resolve(name);
        try (OutputStream file = Files.newOutputStream(jar);
                ZipOutputStream zip = new ZipOutputStream(file)) {
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue());
                zip.closeEntry();
            }
        }
        return jar;
    }
}
