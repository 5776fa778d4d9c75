package dev.jlp.benchmarks;

import dev.jlp.builder.BuildOptions;
import dev.jlp.builder.BuildProblem;
import dev.jlp.builder.BuildResult;
import dev.jlp.builder.PatchBuilder;
import dev.jlp.builder.ReleasePair;
import dev.jlp.patch.PatchFile;

import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;

import javax.tools.ToolProvider;

/** Makes releases with javac, and patches from pairs of them with the product's own builder. */
final class Releases {

    private final Path folder;

    Releases() throws IOException {
        folder = Files.createTempDirectory("jlpb");
        Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(folder)));
    }

    Path folder() {
        return folder;
    }

    /** Compiles sources, by class name, into a jar. */
    Path compile(String name, Map<String, String> sources) throws IOException {
        Path source = folder.resolve(name + "-src");
        List<Path> files = new ArrayList<>();
        for (Map.Entry<String, String> entry : sources.entrySet()) {
            Path file = source.resolve(entry.getKey().replace('.', '/') + ".java");
            Files.createDirectories(file.getParent());
            files.add(Files.writeString(file, entry.getValue()));
        }
        return compile(name, files, "");
    }

    Path compile(String name, List<Path> files, String classPath) throws IOException {
        Path classes = Files.createDirectories(folder.resolve(name));
        List<String> arguments = new ArrayList<>(
                List.of("--release", "17", "-g", "-proc:none", "-d", classes.toString()));
        arguments.addAll(List.of("-cp", classPath));
        files.forEach(file -> arguments.add(file.toString()));
        int exit = ToolProvider.getSystemJavaCompiler()
                .run(null, null, null, arguments.toArray(String[]::new));
        if (exit != 0) {
            throw new IOException("the release '" + name + "' does not compile");
        }
        return jar(name, classes, "");
    }

    /** A jar of the class files below a folder, or below one package of it. */
    Path jar(String name, Path classes, String inPackage) throws IOException {
        Map<String, byte[]> entries = new TreeMap<>();
        try (Stream<Path> tree = Files.walk(classes.resolve(inPackage))) {
            for (Path file : tree.filter(Files::isRegularFile).toList()) {
                entries.put(classes.relativize(file).toString(), Files.readAllBytes(file));
            }
        }
        return write(name, entries);
    }

    /** An agent whose class is on the class path. */
    Path agent(String name, String type) throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().putValue("Premain-Class", type);
        manifest.getMainAttributes().putValue("Can-Redefine-Classes", "true");
        manifest.getMainAttributes().putValue("Can-Retransform-Classes", "true");
        return write(name, manifest, Map.of());
    }

    Path write(String name, Map<String, byte[]> entries) throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        return write(name, manifest, entries);
    }

    private Path write(String name, Manifest manifest, Map<String, byte[]> entries)
            throws IOException {
        Path jar = folder.resolve(name + ".jar");
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream out = new JarOutputStream(file, manifest)) {
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                out.putNextEntry(new JarEntry(entry.getKey()));
                out.write(entry.getValue());
            }
        }
        return jar;
    }

    /** A jar of small classes {@code filler.F0} and so on, which a program loads to be large. */
    Path fillers(int count) throws IOException {
        Map<String, byte[]> entries = new TreeMap<>();
        for (int i = 0; i < count; i++) {
            entries.put("filler/F" + i + ".class", filler("filler/F" + i));
        }
        return write("fillers-" + count, entries);
    }

    private static byte[] filler(String name) {
        ClassWriter type = new ClassWriter(ClassWriter.COMPUTE_MAXS);
        type.visit(Opcodes.V17, Opcodes.ACC_PUBLIC, name, null, "java/lang/Object", new String[0]);
        for (int i = 0; i < 8; i++) {
            MethodVisitor method = type.visitMethod(
                    Opcodes.ACC_PUBLIC, "m" + i, "(Ljava/lang/String;)I", null, new String[0]);
            method.visitCode();
            method.visitVarInsn(Opcodes.ALOAD, 1);
            method.visitMethodInsn(
                    Opcodes.INVOKEVIRTUAL, "java/lang/String", "length", "()I", false);
            method.visitInsn(Opcodes.IRETURN);
            method.visitMaxs(0, 0);
            method.visitEnd();
        }
        type.visitEnd();
        return type.toByteArray();
    }

    /** Builds the whole difference of two releases into an artifact. */
    Path patch(String name, Path original, Path fixed) throws IOException, BuildProblem {
        return patch(name, List.of(new ReleasePair(original.toString(), fixed.toString())));
    }

    /** The same of several pairs in one patch. */
    Path patch(String name, List<ReleasePair> pairs) throws IOException, BuildProblem {
        BuildResult built = PatchBuilder.build(pairs, BuildOptions.named(name, "1"));
        Path artifact = folder.resolve(name + ".jlp");
        return Files.write(
                artifact,
                PatchFile.write(built.patch()
                        .orElseThrow(() -> new IOException("no patch: " + built.refusals()))));
    }

    private static void delete(Path folder) {
        try (Stream<Path> tree = Files.walk(folder)) {
            for (Path each : tree.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        } catch (IOException left) {
            System.err.println("left behind: " + folder);
        }
    }
}
