package dev.jlp.acceptance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarFile;

/** Jars that are put together from several releases of one library. */
final class Mixed {

    private Mixed() {}

    /** The jar {@code all}, but with one class of {@code other}. */
    static Path of(Path all, Path other, String internalName) {
        String entry = internalName + ".class";
        Map<String, byte[]> entries = new TreeMap<>();
        try (JarFile jar = new JarFile(all.toFile())) {
            jar.stream()
                    .filter(each -> each.getName().endsWith(".class"))
                    .forEach(each -> entries.put(each.getName(), Jars.read(all, each.getName())));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        entries.put(entry, Jars.read(other, entry));
        return Jars.write(Workplace.fresh().resolve("mixed.jar"), entries);
    }
}
