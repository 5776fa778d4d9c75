package dev.jlp.builder;

import dev.jlp.patch.PatchFile;

import org.objectweb.asm.tree.ClassNode;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * One released jar.
 *
 * @param label coordinates or file name
 * @param sha256 of the jar, in hex
 * @param classes class files by internal name; of a multi-release jar those for every release
 * @param resources SHA-256 of everything else but the manifest and signatures
 * @param multiRelease whether there are class files for particular Java releases too
 */
record Release(
        String label,
        String sha256,
        SortedMap<String, byte[]> classes,
        SortedMap<String, String> resources,
        boolean multiRelease) {

    static Release read(Path jar, String label) throws BuildProblem {
        byte[] bytes;
        try {
            bytes = Files.readAllBytes(jar);
        } catch (IOException unreadable) {
            throw new BuildProblem("'" + label + "' can't be read: " + unreadable, unreadable);
        }
        if (bytes.length < 4 || bytes[0] != 'P' || bytes[1] != 'K') {
            throw new BuildProblem("'" + label + "' is not a jar");
        }
        SortedMap<String, byte[]> classes = new TreeMap<>();
        SortedMap<String, String> resources = new TreeMap<>();
        boolean multiRelease = false;
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(bytes))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                String name = entry.getName();
                if (name.startsWith("META-INF/versions/")) {
                    multiRelease |= name.endsWith(".class");
                } else if (isClass(name)) {
                    classes.put(name.substring(0, name.length() - 6), zip.readAllBytes());
                } else if (isResource(name)) {
                    resources.put(name, PatchFile.digest(zip.readAllBytes()));
                }
            }
        } catch (IOException | IllegalArgumentException broken) {
            throw new BuildProblem("'" + label + "' is not a whole jar: " + broken, broken);
        }
        if (classes.isEmpty()) {
            throw new BuildProblem("'" + label + "' holds no classes");
        }
        return new Release(label, PatchFile.digest(bytes), classes, resources, multiRelease);
    }

    /** A class file that the release has. */
    byte[] bytes(String name) throws BuildProblem {
        byte[] bytes = classes.get(name);
        if (bytes == null) {
            throw new BuildProblem("'" + label + "' has no class '" + name + "'");
        }
        return bytes;
    }

    /** A fresh tree of one class. */
    ClassNode parse(String name) throws BuildProblem {
        return ClassFiles.parse(bytes(name), name + " of '" + label + "'");
    }

    private static boolean isClass(String entry) {
        return entry.endsWith(".class")
                && !entry.endsWith("module-info.class")
                && !entry.endsWith("package-info.class")
                && !entry.startsWith("META-INF/");
    }

    private static boolean isResource(String entry) {
        String upper = entry.toUpperCase(Locale.ROOT);
        boolean manifest = upper.equals("META-INF/MANIFEST.MF");
        boolean signature = upper.matches("META-INF/[^/]+\\.(SF|RSA|DSA|EC)");
        boolean pom = upper.startsWith("META-INF/MAVEN/");
        return !manifest && !signature && !pom && !entry.endsWith("/") && !entry.endsWith(".class");
    }
}
