package dev.jlp.coverage;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;

/** The classes of two releases whose files are not the same, as a tool without a builder sees them. */
final class JarDifference {

    private JarDifference() {}

    /** Binary names of those that both have. */
    static List<String> changed(Path original, Path fixed) throws IOException {
        List<String> names = new ArrayList<>();
        try (JarFile before = new JarFile(original.toFile());
                JarFile after = new JarFile(fixed.toFile())) {
            for (JarEntry entry : after.stream().toList()) {
                JarEntry old = before.getJarEntry(entry.getName());
                if (isClass(entry)
                        && old != null
                        && !Arrays.equals(bytes(before, old), bytes(after, entry))) {
                    String path = entry.getName();
                    names.add(
                            path.substring(0, path.length() - ".class".length()).replace('/', '.'));
                }
            }
        }
        return names;
    }

    private static boolean isClass(JarEntry entry) {
        return entry.getName().endsWith(".class")
                && !entry.getName().startsWith("META-INF/")
                && !entry.getName().endsWith("-info.class");
    }

    private static byte[] bytes(JarFile jar, JarEntry entry) throws IOException {
        try (InputStream in = jar.getInputStream(entry)) {
            return in.readAllBytes();
        }
    }
}
