package dev.jlp.weaver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jlp.patch.MethodId;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.commons.ClassRemapper;
import org.objectweb.asm.commons.Remapper;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.MethodInsnNode;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Compiles one source in several ways; what it means stays the same. */
class FingerprintsTest {

    private static final int FLAGS = ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES;

    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit
    static Path folder;

    @SuppressWarnings("NullAway.Init") // set before the tests
    private static Map<String, byte[]> plain;

    @BeforeAll
    static void compile() throws Exception {
        plain = javac("plain", javaHomes().get(0), "--release", "8", "-g");
        assertThat(plain).hasSizeGreaterThan(5);
    }

    @Test
    void debug_options_change_nothing() throws Exception {
        assertSame(javac("none", javaHomes().get(0), "--release", "8", "-g:none"), plain);
    }

    @Test
    void every_jdk_here_compiles_to_the_same() throws Exception {
        for (String release : List.of("8", "17")) {
            Map<String, byte[]> first = null;
            for (Path home : javaHomes()) {
                String name = home.getFileName() + "-" + release;
                Map<String, byte[]> made = javac(name, home, "--release", release, "-g");
                if (first != null) {
                    assertSame(made, first);
                }
                first = made;
            }
        }
    }

    @Test
    void it_does_not_matter_whether_debug_data_and_frames_were_read() {
        plain.forEach((name, bytes) -> {
            ClassNode whole = new ClassNode();
            new ClassReader(bytes).accept(whole, ClassReader.EXPAND_FRAMES);
            assertThat(Fingerprints.ofMethods(whole)).isEqualTo(Fingerprints.ofMethods(node(name)));
        });
    }

    @Test
    void a_fresh_constant_pool_and_another_order_of_members_change_nothing() {
        Map<String, byte[]> written = new TreeMap<>();
        plain.forEach((name, bytes) -> {
            ClassNode node = new ClassNode();
            new ClassReader(bytes).accept(node, 0);
            Collections.reverse(node.methods);
            ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
            node.accept(writer);
            written.put(name, writer.toByteArray());
        });
        assertSame(written, plain);
    }

    @Test
    void a_renamed_lambda_changes_nothing_for_its_user() {
        ClassNode node = node("Corpus");
        ClassNode renamed = new ClassNode();
        node.accept(new ClassRemapper(renamed, new Remapper(Opcodes.ASM9) {
            @Override
            public String mapMethodName(String owner, String name, String descriptor) {
                return name.startsWith("lambda$") ? name + "9" : name;
            }
        }));
        assertThat(written(renamed)).isEqualTo(written(node));
    }

    @Test
    void mutations_change_the_fingerprint() {
        int tried = 0;
        for (String name : plain.keySet()) {
            ClassNode original = node(name);
            Map<MethodId, String> before = Fingerprints.ofMethods(original);
            for (int i = 0; i < original.methods.size(); i++) {
                for (int kind = 0; kind < Mutation.KINDS; kind++) {
                    for (int seed = 0; seed < 3; seed++) {
                        ClassNode mutant = node(name);
                        var method = mutant.methods.get(i);
                        String done = Mutation.apply(method, kind, seed);
                        if (done.isEmpty()) {
                            continue;
                        }
                        MethodId id = new MethodId(method.name, method.desc);
                        assertThat(Fingerprints.ofMethods(mutant).get(id))
                                .as("%s.%s: %s", name, id, done)
                                .isNotEqualTo(before.get(id));
                        tried++;
                    }
                }
            }
        }
        assertThat(tried).isGreaterThan(500);
    }

    @Test
    void a_changed_lambda_body_changes_its_user() {
        ClassNode mutant = node("Corpus");
        var body = mutant.methods.stream()
                .filter(m -> m.name.startsWith("lambda$lambdas$"))
                .findFirst()
                .orElseThrow();
        body.instructions.insert(
                new MethodInsnNode(Opcodes.INVOKESTATIC, "java/lang/System", "gc", "()V", false));
        Map<String, String> before = written(node("Corpus"));
        Map<String, String> after = written(mutant);
        after.entrySet().removeAll(before.entrySet());
        assertThat(after.keySet()).allMatch(key -> key.startsWith("lambdas("));
        assertThat(after).hasSize(1);
    }

    /** Methods that somebody wrote; those that javac numbers may be more or fewer. */
    private static void assertSame(Map<String, byte[]> left, Map<String, byte[]> right) {
        assertThat(left.keySet()).isEqualTo(right.keySet());
        left.forEach((name, bytes) -> assertThat(written(read(bytes)))
                .as(name)
                .isEqualTo(written(read(Objects.requireNonNull(right.get(name))))));
    }

    private static Map<String, String> written(ClassNode type) {
        Map<String, String> fingerprints = new TreeMap<>();
        Fingerprints.ofMethods(type).forEach((id, fingerprint) -> {
            assertThat(fingerprint).matches("fp1:[0-9a-f]{64}");
            if (!id.name().startsWith("lambda$") && !id.name().startsWith("access$")) {
                fingerprints.put(id.toString(), fingerprint);
            }
        });
        return fingerprints;
    }

    private static ClassNode node(String name) {
        return read(Objects.requireNonNull(plain.get(name)));
    }

    private static ClassNode read(byte[] bytes) {
        ClassNode node = new ClassNode();
        new ClassReader(bytes).accept(node, FLAGS);
        return node;
    }

    private static List<Path> javaHomes() throws IOException {
        Path own = Path.of(System.getProperty("java.home")).toRealPath();
        List<Path> homes = new ArrayList<>(List.of(own));
        try (Stream<Path> siblings = Files.list(own.resolveSibling("."))) {
            for (Path home : siblings.sorted().toList()) {
                Path real = home.toRealPath();
                if (Files.isExecutable(real.resolve("bin/javac")) && !homes.contains(real)) {
                    homes.add(real);
                }
            }
        }
        return homes;
    }

    private static Map<String, byte[]> javac(String name, Path home, String... options)
            throws Exception {
        Path source = folder.resolve("Corpus.java");
        try (var in = FingerprintsTest.class.getResourceAsStream("Corpus.java.txt")) {
            Files.write(source, Objects.requireNonNull(in).readAllBytes());
        }
        Path out = Files.createDirectories(folder.resolve(name));
        List<String> command = new ArrayList<>();
        command.add(home.resolve("bin/javac").toString());
        command.addAll(List.of(options));
        command.addAll(List.of("-nowarn", "-Xlint:-options", "-d", out.toString()));
        command.add(source.toString());
        File log = folder.resolve("javac.log").toFile();
        Process javac = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log)
                .start();
        assertThat(javac.waitFor()).as(Files.readString(log.toPath())).isZero();
        Map<String, byte[]> classes = new TreeMap<>();
        try (Stream<Path> files = Files.list(out)) {
            for (Path file : files.toList()) {
                String simple = file.getFileName().toString().replace(".class", "");
                classes.put(simple, Files.readAllBytes(file));
            }
        }
        return classes;
    }
}
