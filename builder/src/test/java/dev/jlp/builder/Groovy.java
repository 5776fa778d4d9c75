package dev.jlp.builder;

import groovy.lang.GroovyClassLoader;

import org.codehaus.groovy.control.CompilationUnit;
import org.codehaus.groovy.control.CompilerConfiguration;
import org.codehaus.groovy.control.Phases;
import org.codehaus.groovy.tools.GroovyClass;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.MethodNode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** Small sources, compiled into a jar by Groovy's compiler, in one of its ways. */
enum Groovy {
    /** Dynamic calls are {@code invokedynamic}: the default since 4. */
    DYNAMIC,
    /** Dynamic calls are numbers in an array of call sites: the default before. */
    CALL_SITES,
    /** As a program compiles scripts that it compiles again when they change. */
    STAMPED;

    Path jar(Path jar, String source) throws IOException {
        CompilerConfiguration how = new CompilerConfiguration();
        how.getOptimizationOptions().put(CompilerConfiguration.INVOKEDYNAMIC, this != CALL_SITES);
        return Sources.write(
                jar, this == STAMPED ? stamped(jar, how, source) : classes(how, source));
    }

    /** The same jar, but that its stamps' values, not their names, say another moment. */
    static Path later(Path original, Path jar, long milliseconds) throws IOException {
        Map<String, byte[]> classes = new TreeMap<>();
        try (ZipFile zip = new ZipFile(original.toFile())) {
            for (ZipEntry entry : Collections.list(zip.entries())) {
                byte[] bytes = zip.getInputStream(entry).readAllBytes();
                classes.put(
                        entry.getName().replace(".class", "").replace('/', '.'),
                        later(bytes, milliseconds));
            }
        }
        return Sources.write(jar, classes);
    }

    private static byte[] later(byte[] bytes, long milliseconds) {
        ClassNode type = new ClassNode();
        new ClassReader(bytes).accept(type, 0);
        for (MethodNode method : type.methods) {
            for (AbstractInsnNode node : method.instructions) {
                if (node instanceof LdcInsnNode load && load.cst instanceof Long moment) {
                    load.cst = moment + milliseconds;
                }
            }
        }
        ClassWriter writer = new ClassWriter(0);
        type.accept(writer);
        return writer.toByteArray();
    }

    private static Map<String, byte[]> classes(CompilerConfiguration how, String source) {
        CompilationUnit unit = new CompilationUnit(how);
        unit.addSource("Source.groovy", source);
        unit.compile(Phases.CLASS_GENERATION);
        Map<String, byte[]> classes = new TreeMap<>();
        for (GroovyClass type : unit.getClasses()) {
            classes.put(type.getName(), type.getBytes());
        }
        return classes;
    }

    private static Map<String, byte[]> stamped(Path jar, CompilerConfiguration how, String source)
            throws IOException {
        Path folder = Files.createTempDirectory(jar.getParent(), "groovy");
        how.setRecompileGroovySource(true);
        how.setTargetDirectory(folder.toFile());
        try (GroovyClassLoader loader = new GroovyClassLoader(Groovy.class.getClassLoader(), how)) {
            loader.parseClass(source, "Source.groovy");
        }
        return Ecj.classesBelow(folder);
    }
}
