package dev.jlp.coverage;

import dev.jlp.patch.AddedClass;
import dev.jlp.patch.ClassPatch;
import dev.jlp.patch.Patch;
import dev.jlp.patch.Target;

import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.commons.ClassRemapper;
import org.objectweb.asm.commons.Remapper;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** A library's classes, as released or as they are once a patch is complete, in a loader of their own. */
final class PatchedLoader extends ClassLoader {

    private static final String IN_JVM = "java/lang/Jlp";

    private final Map<String, byte[]> classes = new TreeMap<>();

    private PatchedLoader(ClassLoader dependencies) {
        super(dependencies);
    }

    /** The classes of released jars. */
    static PatchedLoader released(List<Path> jars, ClassLoader dependencies) throws IOException {
        PatchedLoader loader = new PatchedLoader(dependencies);
        for (Path jar : jars) {
            try (ZipFile zip = new ZipFile(jar.toFile())) {
                for (ZipEntry entry : Collections.list(zip.entries())) {
                    String name = entry.getName();
                    if (name.endsWith(".class") && !name.startsWith("META-INF/")) {
                        loader.classes.put(
                                name.substring(0, name.length() - 6),
                                zip.getInputStream(entry).readAllBytes());
                    }
                }
            }
        }
        return loader;
    }

    /** The same with a patch. */
    static PatchedLoader patched(List<Path> jars, Patch patch, ClassLoader dependencies)
            throws IOException {
        PatchedLoader loader = released(jars, dependencies);
        for (Target target : patch.targets()) {
            for (ClassPatch type : target.classes()) {
                loader.classes.put(type.name(), type.after());
            }
            for (AddedClass type : target.added()) {
                loader.classes.put(type.name(), type.bytes());
            }
        }
        return loader;
    }

    /** Internal names. */
    Set<String> names() {
        return classes.keySet();
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        synchronized (getClassLoadingLock(name)) {
            Class<?> known = findLoadedClass(name);
            if (known == null && classes.containsKey(name.replace('.', '/'))) {
                known = findClass(name);
            }
            return known == null ? super.loadClass(name, resolve) : known;
        }
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        byte[] bytes = classes.get(name.replace('.', '/'));
        if (bytes == null) {
            throw new ClassNotFoundException(name);
        }
        byte[] made = beside(bytes);
        return defineClass(name, made, 0, made.length);
    }

    /** The API under its own name, since nobody defines it in java.lang here. */
    private static byte[] beside(byte[] bytes) {
        if (!new String(bytes, StandardCharsets.ISO_8859_1).contains(IN_JVM)) {
            return bytes;
        }
        ClassWriter writer = new ClassWriter(0);
        new ClassReader(bytes)
                .accept(
                        new ClassRemapper(writer, new Remapper(Opcodes.ASM9) {
                            @Override
                            public String map(String name) {
                                return name.startsWith(IN_JVM)
                                        ? "dev/jlp/api/" + name.substring(IN_JVM.length())
                                        : name;
                            }
                        }),
                        0);
        return writer.toByteArray();
    }

    /** Why a class does not link; empty if it does. The JVM links, so verifies, what is asked for its methods. */
    String link(String name) {
        try {
            Class<?> type = Class.forName(name.replace('/', '.'), false, this);
            return type.getDeclaredMethods().length < 0 ? "no methods" : "";
        } catch (ClassNotFoundException | LinkageError | UncheckedIOException unlinked) {
            return String.valueOf(unlinked);
        }
    }
}
