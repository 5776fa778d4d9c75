package dev.jlp.fuzz;

import dev.jlp.builder.BuildOptions;
import dev.jlp.builder.BuildProblem;
import dev.jlp.builder.PatchBuilder;
import dev.jlp.builder.ReleasePair;
import dev.jlp.patch.PatchFile;

import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.commons.ClassRemapper;
import org.objectweb.asm.commons.SimpleRemapper;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/** What inputs are made of: a small library in two releases, and the patch between them. */
final class Seeds {

    static final String CHANGED = "dev/jlp/fuzz/Subject.class";

    private static final byte[] ARTIFACT = build();

    private Seeds() {}

    static byte[] artifact() {
        return ARTIFACT.clone();
    }

    static Map<String, byte[]> entries() {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(ARTIFACT))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                entries.put(entry.getName(), zip.readAllBytes());
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return entries;
    }

    static Map<String, byte[]> releaseBefore() {
        return release("Subject");
    }

    static Map<String, byte[]> releaseAfter() {
        return release("SubjectFixed");
    }

    /** Class files of all kinds: nested, with lambdas, switches, records, annotations, monitors. */
    static List<byte[]> classFiles() {
        return List.of(
                classFile("Subject"),
                classFile("SubjectFixed"),
                classFile("Subject$Kind"),
                classFile("Subject$Point"),
                classFile("Seeds"),
                classFile("Mutations"));
    }

    static Path jar(Path place, Map<String, byte[]> classes) {
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(place))) {
            for (Map.Entry<String, byte[]> entry : classes.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue());
            }
            return place;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static Map<String, byte[]> release(String subject) {
        Map<String, byte[]> classes = new TreeMap<>();
        for (String nested : List.of("", "$Kind", "$Point")) {
            classes.put(
                    "dev/jlp/fuzz/Subject" + nested + ".class",
                    renamed(classFile(subject + nested), subject));
        }
        return classes;
    }

    /** As if it were the class {@code Subject}, or nested in it. */
    private static byte[] renamed(byte[] classFile, String from) {
        Map<String, String> names = new TreeMap<>();
        for (String nested : List.of("", "$Kind", "$Point")) {
            names.put("dev/jlp/fuzz/" + from + nested, "dev/jlp/fuzz/Subject" + nested);
        }
        ClassWriter writer = new ClassWriter(0);
        new ClassReader(classFile)
                .accept(new ClassRemapper(writer, new SimpleRemapper(Opcodes.ASM9, names)), 0);
        return writer.toByteArray();
    }

    private static byte[] classFile(String name) {
        try (InputStream in = Seeds.class.getResourceAsStream(name + ".class")) {
            if (in == null) {
                throw new IllegalStateException(name);
            }
            return in.readAllBytes();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static byte[] build() {
        try {
            Path folder = Files.createTempDirectory("jlp-seeds");
            Path before = jar(folder.resolve("lib-1.jar"), releaseBefore());
            Path after = jar(folder.resolve("lib-2.jar"), releaseAfter());
            byte[] artifact = PatchFile.write(PatchBuilder.build(
                            List.of(new ReleasePair(before.toString(), after.toString())),
                            BuildOptions.named("fix", "1"))
                    .patch()
                    .orElseThrow());
            Files.delete(before);
            Files.delete(after);
            Files.delete(folder);
            return artifact;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (BuildProblem broken) {
            throw new IllegalStateException(broken);
        }
    }
}
