package dev.jlp.builder;

import dev.jlp.patch.PatchFile;

import org.objectweb.asm.tree.ClassNode;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.jar.Attributes;
import java.util.jar.Manifest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * One released jar.
 *
 * @param label coordinates or file name
 * @param sha256 of the jar, in hex
 * @param classes class files by internal name; of a multi-release jar those for every release, or
 *     those that the wanted Java release finds
 * @param shipped the same as the jar has them, whatever was done to {@code classes} since
 * @param resources SHA-256 of everything else but the manifest and signatures
 * @param traits what else is to be known of it
 */
record Release(
        String label,
        String sha256,
        SortedMap<String, byte[]> classes,
        SortedMap<String, byte[]> shipped,
        SortedMap<String, String> resources,
        JarTraits traits) {

    /** Prefix of class files for particular Java releases. */
    private static final String VERSIONS = "META-INF/versions/";

    /** As every Java release finds it, without the classes for particular ones. */
    static Release read(Path jar, String label) throws BuildProblem {
        return read(jar, label, 0);
    }

    /** As this Java release finds it; 0 if the one is not known. */
    static Release read(Path jar, String label, int javaRelease) throws BuildProblem {
        byte[] bytes;
        try {
            bytes = Files.readAllBytes(jar);
        } catch (IOException unreadable) {
            throw new BuildProblem("'" + label + "' can't be read: " + unreadable, unreadable);
        }
        if (bytes.length < 4 || bytes[0] != 'P' || bytes[1] != 'K') {
            throw new BuildProblem("'" + label + "' is not a jar");
        }
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(bytes))) {
            Entries entries = new Entries();
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                entries.add(entry.getName(), zip.readAllBytes());
            }
            if (entries.classes.isEmpty()) {
                throw new BuildProblem("'" + label + "' holds no classes");
            }
            JarTraits traits = entries.traits();
            entries.classes.putAll(traits.classesFor(javaRelease));
            return new Release(
                    label,
                    PatchFile.digest(bytes),
                    entries.classes,
                    entries.classes,
                    entries.resources,
                    traits);
        } catch (IOException | IllegalArgumentException broken) {
            throw new BuildProblem("'" + label + "' is not a whole jar: " + broken, broken);
        }
    }

    /** The same jar with other classes. */
    Release with(SortedMap<String, byte[]> others) {
        return new Release(label, sha256, others, shipped, resources, traits);
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

    /** What was read of a jar so far. */
    private static final class Entries {

        private static final Pattern VERSIONED =
                Pattern.compile(VERSIONS + "(?<release>[0-9]{1,4})/(?<class>.+)[.]class");
        private static final Pattern SIGNATURE = Pattern.compile("META-INF/[^/]+\\.(RSA|DSA|EC)");

        private final SortedMap<String, byte[]> classes = new TreeMap<>();
        private final SortedMap<String, String> resources = new TreeMap<>();
        private final SortedMap<Integer, SortedMap<String, byte[]>> versioned = new TreeMap<>();
        private final Attributes manifest = new Attributes();
        private List<String> module = List.of();
        private boolean signed;

        void add(String name, byte[] content) throws IOException {
            Matcher special = VERSIONED.matcher(name);
            String upper = name.toUpperCase(Locale.ROOT);
            signed |= SIGNATURE.matcher(upper).matches();
            if (special.matches() && isClass(special.group("class") + ".class")) {
                versioned
                        .computeIfAbsent(
                                Integer.valueOf(special.group("release")), none -> new TreeMap<>())
                        .put(special.group("class"), content);
            } else if (name.equals("module-info.class")
                    || (special.matches() && special.group("class").equals("module-info"))) {
                module = JarTraits.module(content);
            } else if (isClass(name)) {
                classes.put(name.substring(0, name.length() - 6), content);
            } else if (upper.equals("META-INF/MANIFEST.MF")) {
                manifest.putAll(
                        new Manifest(new ByteArrayInputStream(content)).getMainAttributes());
            } else if (isResource(name)) {
                resources.put(name, PatchFile.digest(content));
            }
        }

        JarTraits traits() {
            String version = manifest.getValue("Implementation-Version");
            if (version == null) {
                version = manifest.getValue("Bundle-Version");
            }
            return new JarTraits(
                    signed,
                    version == null ? "" : version,
                    module,
                    "true".equalsIgnoreCase(manifest.getValue("Multi-Release"))
                            ? versioned
                            : new TreeMap<>());
        }
    }

    private static boolean isClass(String entry) {
        return entry.endsWith(".class")
                && !entry.endsWith("module-info.class")
                && !entry.endsWith("package-info.class")
                && !entry.startsWith("META-INF/");
    }

    private static boolean isResource(String entry) {
        String upper = entry.toUpperCase(Locale.ROOT);
        boolean signature = upper.matches("META-INF/[^/]+\\.(SF|RSA|DSA|EC)");
        boolean pom = upper.startsWith("META-INF/MAVEN/");
        return !signature && !pom && !entry.endsWith("/") && !entry.endsWith(".class");
    }
}
