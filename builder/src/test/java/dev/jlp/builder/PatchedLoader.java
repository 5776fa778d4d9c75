package dev.jlp.builder;

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
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.ZipFile;

/** A loader that defines the original's classes as they are once a patch is complete. */
final class PatchedLoader extends ClassLoader {

    private final Map<String, byte[]> classes = new HashMap<>();

    private PatchedLoader() {
        super(PatchedLoader.class.getClassLoader());
    }

    static PatchedLoader plain(Path... jars) throws IOException {
        PatchedLoader loader = new PatchedLoader();
        for (Path jar : jars) {
            try (ZipFile zip = new ZipFile(jar.toFile())) {
                zip.stream().filter(entry -> entry.getName().endsWith(".class")).forEach(entry -> {
                    try {
                        String name = entry.getName();
                        loader.classes.put(
                                name.substring(0, name.length() - 6),
                                zip.getInputStream(entry).readAllBytes());
                    } catch (IOException broken) {
                        throw new java.io.UncheckedIOException(broken);
                    }
                });
            }
        }
        return loader;
    }

    static PatchedLoader patched(Patch patch, Path... originals) throws IOException {
        PatchedLoader loader = plain(originals);
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

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        byte[] bytes = classes.get(name.replace('.', '/'));
        if (bytes == null) {
            throw new ClassNotFoundException(name);
        }
        byte[] made = besidesJava(bytes);
        return defineClass(name, made, 0, made.length);
    }

    /** The API under its own name, since nobody defines it in java.lang here. */
    private static byte[] besidesJava(byte[] bytes) {
        ClassWriter writer = new ClassWriter(0);
        new ClassReader(bytes)
                .accept(
                        new ClassRemapper(writer, new Remapper(Opcodes.ASM9) {
                            @Override
                            public String map(String name) {
                                return name.startsWith("java/lang/Jlp")
                                        ? "dev/jlp/api/" + name.substring("java/lang/Jlp".length())
                                        : name;
                            }
                        }),
                        0);
        return writer.toByteArray();
    }
}
