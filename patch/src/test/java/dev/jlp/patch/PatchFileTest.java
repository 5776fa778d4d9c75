package dev.jlp.patch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

class PatchFileTest {

    private static final String SHA = "0123456789abcdef".repeat(4);
    private static final String TYPE = "dev/jlp/patch/PatchFileTest$Small";
    private static final String OTHER = "dev/jlp/patch/PatchFileTest$Other";
    private static final String BEFORE = "before/0/" + TYPE + ".class";

    private final Patch patch = patch();
    private final byte[] artifact = PatchFile.write(patch);

    /** A class file to put into artifacts. */
    static final class Small {}

    /** Another one. */
    static final class Other {}

    @Test
    void what_was_written_is_read_back() throws PatchFileProblem {
        Patch back = PatchFile.read(artifact);

        assertThat(back).usingRecursiveComparison().isEqualTo(patch);
    }

    @Test
    void the_same_patch_gives_the_same_bytes() {
        assertThat(PatchFile.write(patch())).isEqualTo(artifact);
    }

    @Test
    void a_digest_is_sha_256_in_hex() {
        assertThat(PatchFile.digest(new byte[0]))
                .isEqualTo("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    }

    @Test
    void compressed_and_signed_artifacts_are_read_too() throws Exception {
        Map<String, byte[]> entries = entries();
        entries.put("META-INF/VENDOR.SF", bytes("Signature-Version: 1.0\r\n"));
        entries.put("META-INF/VENDOR.EC", new byte[] {1, 2, 3});

        assertThat(PatchFile.read(zip(entries))).usingRecursiveComparison().isEqualTo(patch);
    }

    @Test
    void an_artifact_that_ends_early_is_refused_at_every_byte() {
        for (int length = 0; length < artifact.length; length++) {
            byte[] truncated = Arrays.copyOf(artifact, length);
            assertThatThrownBy(() -> PatchFile.read(truncated))
                    .isInstanceOf(PatchFileProblem.class);
        }
    }

    @Test
    void flipped_bits_are_refused_or_change_nothing() throws Exception {
        Random random = new Random(20210);
        byte[] compressed = zip(entries());
        for (int round = 0; round < 6_000; round++) {
            byte[] flipped = (round % 2 == 0 ? artifact : compressed).clone();
            for (int flips = 1 + random.nextInt(3); flips > 0; flips--) {
                flipped[random.nextInt(flipped.length)] ^= (byte) (1 << random.nextInt(8));
            }
            assertRefusedOrEqual(flipped);
        }
    }

    @Test
    void a_garbled_description_with_sound_checksums_is_refused() throws Exception {
        Random random = new Random(46);
        Map<String, byte[]> entries = entries();
        byte[] description = entry(entries, PatchFile.DESCRIPTION);
        for (int round = 0; round < 2_000; round++) {
            byte[] garbled = description.clone();
            garbled[random.nextInt(garbled.length)] = (byte) random.nextInt(128);
            entries.put(PatchFile.DESCRIPTION, garbled);
            assertRefusedOrEqual(zip(entries));
        }
    }

    private void assertRefusedOrEqual(byte[] bytes) {
        try {
            assertThat(PatchFile.write(PatchFile.read(bytes))).isEqualTo(artifact);
        } catch (PatchFileProblem refused) {
            assertThat(refused).hasMessageMatching("[^\n]+");
        }
    }

    @Test
    void what_is_not_a_jar_is_refused() {
        assertProblem(new byte[0], "the artifact is empty");
        assertProblem(bytes("This is a text and it is not a jar"), "the artifact is not a jar");
    }

    @Test
    void a_jar_that_is_not_a_patch_is_refused() throws Exception {
        assertProblem(
                zip(Map.of("a.txt", bytes("a"))),
                "this jar is not a patch: it has no entry 'META-INF/jlp/patch.json'");
    }

    @Test
    void an_appended_byte_is_refused() {
        assertProblem(
                Arrays.copyOf(artifact, artifact.length + 1),
                "the artifact is truncated, or something was appended to it");
    }

    @Test
    void an_unknown_schema_is_refused() throws Exception {
        assertProblem(
                withDescription("\"schema\":1", "\"schema\":2"),
                "the patch has schema 2, this JLP knows schema 1 only");
    }

    @Test
    void an_entry_that_the_digests_do_not_list_is_refused() throws Exception {
        Map<String, byte[]> entries = entries();
        entries.put("extra.txt", bytes("x"));
        assertProblem(
                zip(entries),
                "the artifact has the entry 'extra.txt' that its digests do not list");
    }

    @Test
    void a_missing_entry_is_refused() throws Exception {
        Map<String, byte[]> entries = entries();
        entries.remove(BEFORE);
        assertProblem(
                zip(entries),
                "the artifact lacks the entry '" + BEFORE + "' that its digests list");
    }

    @Test
    void a_changed_entry_is_refused() throws Exception {
        Map<String, byte[]> entries = entries();
        entries.put(BEFORE, classFile(Other.class));
        assertProblem(
                zip(entries),
                "the entry '" + BEFORE + "' does not have the digest that is listed for it");
    }

    @Test
    void a_class_file_of_another_class_is_refused() {
        Target target = patch.targets().get(0);
        ClassPatch wrong = new ClassPatch(
                TYPE,
                classFile(Other.class),
                classFile(Small.class),
                target.classes().get(0).methods(),
                "");
        assertThatThrownBy(() -> PatchFile.write(withClass(wrong)))
                .hasMessageContaining("the entry '" + BEFORE + "' holds the class '" + OTHER + "'");
    }

    @Test
    void an_entry_that_is_no_class_file_is_refused() {
        Target target = patch.targets().get(0);
        ClassPatch wrong = new ClassPatch(
                TYPE,
                bytes("hello"),
                classFile(Small.class),
                target.classes().get(0).methods(),
                "");
        assertThatThrownBy(() -> PatchFile.write(withClass(wrong)))
                .hasMessageContaining("the entry '" + BEFORE + "' is not a class file");
    }

    @ParameterizedTest
    @ValueSource(strings = {"../evil", "/etc/evil", "a/../evil", "a\\evil", "a//evil", "./evil"})
    void a_path_that_leaves_the_artifact_is_refused(String name) throws Exception {
        Map<String, byte[]> entries = entries();
        entries.put(name, bytes("x"));
        assertProblem(
                zip(entries),
                "the artifact has an entry whose name is not a plain path: '" + name + "'");
    }

    @Test
    void an_entry_that_is_there_twice_is_refused() throws Exception {
        Map<String, byte[]> entries = entries();
        entries.put("extra1", bytes("x"));
        entries.put("extra2", bytes("x"));
        byte[] twice = replaceAll(zip(entries), bytes("extra2"), bytes("extra1"));
        assertProblem(twice, "the artifact has the entry 'extra1' twice");
    }

    @Test
    void a_compression_bomb_is_refused() throws Exception {
        Map<String, byte[]> entries = entries();
        entries.put("bomb", new byte[8 << 20]);
        assertProblem(zip(entries), "the entry 'bomb' unpacks to more than 100 times its size");
    }

    @Test
    void too_many_entries_are_refused() throws Exception {
        Map<String, byte[]> entries = new TreeMap<>();
        for (int i = 0; i <= ArchiveReader.ENTRIES_MAX; i++) {
            entries.put("e" + i, new byte[0]);
        }
        assertProblem(zip(entries), "the artifact has more than 20000 entries");
    }

    @Test
    void an_artifact_beyond_the_limit_is_refused() {
        assertProblem(
                new byte[ArchiveReader.ARTIFACT_BYTES_MAX + 1],
                "the artifact is larger than 64 MiB");
    }

    @Test
    void a_manifest_that_says_something_else_is_refused() throws Exception {
        Map<String, byte[]> entries = entries();
        String manifest = new String(entry(entries, PatchFile.MANIFEST), StandardCharsets.UTF_8);
        entries.put(
                PatchFile.MANIFEST, bytes(manifest.replace("JLP-Version: 1.0", "JLP-Version: 9")));
        assertProblem(
                zip(entries), "the manifest's 'JLP-Version' does not agree with the description");
    }

    @Test
    void a_description_nested_without_end_is_refused() throws Exception {
        Map<String, byte[]> entries = entries();
        entries.put(PatchFile.DESCRIPTION, bytes("{\"schema\":" + "[".repeat(100_000)));
        assertProblem(zip(entries), "the patch's description is nested too deep");
    }

    @Test
    void two_targets_of_one_name_are_refused() {
        Target target = patch.targets().get(0);
        assertNotRead(
                withTargets(target, target),
                "the patch's description names 'com.example:lib' twice");
    }

    @Test
    void a_class_of_two_targets_is_refused() {
        Target target = patch.targets().get(0);
        Target other = new Target(
                "com.example:other",
                target.original(),
                target.fixed(),
                target.classes(),
                target.added());
        assertNotRead(
                withTargets(target, other), "the patch's description names '" + TYPE + "' twice");
    }

    @Test
    void a_method_that_is_named_twice_is_refused() {
        Target target = patch.targets().get(0);
        ClassPatch type = target.classes().get(0);
        MethodPatch method = type.methods().get(0);
        Target odd = new Target(
                target.name(),
                target.original(),
                target.fixed(),
                List.of(new ClassPatch(
                        type.name(), type.before(), type.after(), List.of(method, method), "")),
                target.added());
        assertNotRead(withTargets(odd), "the patch's description names '<init>()V' twice");
    }

    /** What is written is read at once, by the same code that reads it in the JVM. */
    private static void assertNotRead(Patch odd, String message) {
        assertThatThrownBy(() -> PatchFile.write(odd))
                .cause()
                .isInstanceOf(PatchFileProblem.class)
                .hasMessage(message);
    }

    private Patch withTargets(Target... targets) {
        return new Patch(
                patch.name(),
                patch.version(),
                patch.replace(),
                patch.replaceSet(),
                patch.supersedes(),
                patch.states(),
                List.of(targets),
                patch.notes(),
                patch.tool());
    }

    @Test
    void a_name_with_a_space_is_not_written() {
        Patch odd = new Patch(
                "a b",
                patch.version(),
                patch.replace(),
                "s",
                List.of(),
                List.of(),
                patch.targets(),
                List.of(),
                "t");
        assertThatThrownBy(() -> PatchFile.write(odd)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void verdicts_of_the_build_that_make_no_sense_are_refused() throws Exception {
        assertProblem(
                withDescription("\"done with care\"", "\"fine\""),
                "the verdict 'fine' is not known");
        assertProblem(
                withDescription("\"done with care\"", "\"refused\""),
                "the patch's description has a change that is taken and 'refused'");
        assertProblem(
                withDescription("\"kind\":\"body\"", "\"kind\":\"Body!\""),
                "in the patch's description 'kind' is missing or not of the right form");
    }

    private void assertProblem(byte[] bytes, String message) {
        assertThatThrownBy(() -> PatchFile.read(bytes))
                .isInstanceOf(PatchFileProblem.class)
                .hasMessage(message);
    }

    private byte[] withDescription(String part, String other) throws IOException {
        Map<String, byte[]> entries = entries();
        String json = new String(entry(entries, PatchFile.DESCRIPTION), StandardCharsets.UTF_8);
        assertThat(json).contains(part);
        entries.put(PatchFile.DESCRIPTION, bytes(json.replace(part, other)));
        return zip(entries);
    }

    private Patch withClass(ClassPatch type) {
        Target old = patch.targets().get(0);
        Target target =
                new Target(old.name(), old.original(), old.fixed(), List.of(type), old.added());
        return new Patch(
                patch.name(),
                patch.version(),
                patch.replace(),
                patch.replaceSet(),
                patch.supersedes(),
                patch.states(),
                List.of(target),
                patch.notes(),
                patch.tool());
    }

    private static Patch patch() {
        MethodPatch method = new MethodPatch(
                new MethodId("<init>", "()V"),
                "fp1:" + SHA,
                "fp1:" + SHA.replace('0', '1'),
                false,
                List.of(
                        new Link(Link.Kind.CLASS, "java/lang/Object", "", ""),
                        new Link(Link.Kind.METHOD, "java/lang/Object", "hashCode", "()I")));
        byte[] small = classFile(Small.class);
        return new Patch(
                "fix-cve",
                new Version("1.0"),
                Replace.SET,
                "com.example:lib",
                List.of("older"),
                List.of(new State("cache", 2)),
                List.of(new Target(
                        "com.example:lib",
                        new Target.Provenance("com.example:lib:1", SHA),
                        new Target.Provenance("com.example:lib:2", SHA),
                        List.of(new ClassPatch(TYPE, small, small.clone(), List.of(method), "")),
                        List.of(new AddedClass(OTHER, classFile(Other.class))))),
                List.of("left out: \u201cnothing\u201d"),
                "jlp test",
                List.of(new Difference(
                        "com.example:lib",
                        TYPE,
                        "<init>()V",
                        "body",
                        Difference.Verdict.DONE_WITH_CARE,
                        true,
                        "the body changes")));
    }

    private static byte[] classFile(Class<?> type) {
        String name = type.getName().replace('.', '/') + ".class";
        try (var in = type.getClassLoader().getResourceAsStream(name)) {
            if (in == null) {
                throw new AssertionError(name);
            }
            return in.readAllBytes();
        } catch (IOException broken) {
            throw new AssertionError(broken);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private Map<String, byte[]> entries() throws IOException {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(artifact))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                entries.put(entry.getName(), zip.readAllBytes());
            }
        }
        return entries;
    }

    private static byte[] entry(Map<String, byte[]> entries, String name) {
        return Objects.requireNonNull(entries.get(name));
    }

    private static byte[] zip(Map<String, byte[]> entries) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue());
                zip.closeEntry();
            }
        }
        return bytes.toByteArray();
    }

    private static byte[] replaceAll(byte[] in, byte[] part, byte[] other) {
        String text = new String(in, StandardCharsets.ISO_8859_1);
        return text.replace(
                        new String(part, StandardCharsets.ISO_8859_1),
                        new String(other, StandardCharsets.ISO_8859_1))
                .getBytes(StandardCharsets.ISO_8859_1);
    }
}
