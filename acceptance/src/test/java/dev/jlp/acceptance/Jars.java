package dev.jlp.acceptance;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;

/** Jars made by the tests. */
final class Jars {

    private static final Path PROGRAMS = programs();

    private Jars() {}

    /** The jar with the target programs; it is also their test agent. */
    static Path ofPrograms() {
        return PROGRAMS;
    }

    /** Writes {@code entries} (path in the jar, content) in the order of their names. */
    static Path write(Path jar, Manifest manifest, Map<String, byte[]> entries) {
        try {
            Files.createDirectories(jar.toAbsolutePath().getParent());
            try (OutputStream file = Files.newOutputStream(jar);
                    JarOutputStream out = new JarOutputStream(file, manifest)) {
                for (Map.Entry<String, byte[]> entry : new TreeMap<>(entries).entrySet()) {
                    out.putNextEntry(new JarEntry(entry.getKey()));
                    out.write(entry.getValue());
                }
            }
            return jar;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    static Path write(Path jar, Map<String, byte[]> entries) {
        return write(jar, manifest(Map.of()), entries);
    }

    /** Every file below {@code folder}, by its path there. */
    static Map<String, byte[]> filesBelow(Path folder) {
        Map<String, byte[]> files = new TreeMap<>();
        try (Stream<Path> tree = Files.walk(folder)) {
            for (Path file : tree.filter(Files::isRegularFile).toList()) {
                files.put(folder.relativize(file).toString(), Files.readAllBytes(file));
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        return files;
    }

    /** The bytes of a class of the JDK {@code jdk}, which need not be the running one. */
    static byte[] ofJdk(Jdk jdk, String module, String internalName) {
        URI runtime = URI.create("jrt:/");
        try (var files = java.nio.file.FileSystems.newFileSystem(
                runtime, Map.of("java.home", jdk.home().toString()))) {
            return Files.readAllBytes(files.getPath("/modules", module, internalName + ".class"));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    static Manifest manifest(Map<String, String> attributes) {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        attributes.forEach((name, value) -> manifest.getMainAttributes().putValue(name, value));
        return manifest;
    }

    private static Path programs() {
        String folder = "dev/jlp/acceptance/programs/";
        try {
            URL here = Jars.class.getClassLoader().getResource(folder + "Program.class");
            Path classes = Path.of(here.toURI()).getParent();
            Map<String, byte[]> entries = new TreeMap<>();
            filesBelow(classes).forEach((name, bytes) -> entries.put(folder + name, bytes));
            Manifest manifest = manifest(Map.of(
                    "Premain-Class", "dev.jlp.acceptance.programs.TestAgent",
                    "Can-Redefine-Classes", "true",
                    "Can-Retransform-Classes", "true"));
            return write(Workplace.fresh().resolve("programs.jar"), manifest, entries);
        } catch (java.net.URISyntaxException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** The jar that a class on the tests' own class path came from. */
    static Path of(Class<?> type) {
        try {
            return Path.of(
                    type.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (java.net.URISyntaxException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    static byte[] read(Path jar, String entry) {
        try (var file = new java.util.jar.JarFile(jar.toFile());
                InputStream in = file.getInputStream(file.getJarEntry(entry))) {
            return in.readAllBytes();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** The classes of a jar, by their path there. */
    static Map<String, byte[]> classes(Path jar) {
        Map<String, byte[]> classes = new TreeMap<>();
        try (var file = new java.util.jar.JarFile(jar.toFile())) {
            file.stream()
                    .map(JarEntry::getName)
                    .filter(name -> name.endsWith(".class") && !name.startsWith("META-INF/"))
                    .forEach(name -> classes.put(name, read(jar, name)));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        return classes;
    }

    /** Puts the classes of a jar into a folder. */
    static void unpack(Path jar, Path folder) {
        classes(jar).forEach((name, bytes) -> {
            try {
                Path file = folder.resolve(name);
                Files.createDirectories(file.getParent());
                Files.write(file, bytes);
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
        });
    }
}
