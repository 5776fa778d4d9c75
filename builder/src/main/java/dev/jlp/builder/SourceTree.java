package dev.jlp.builder;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * The sources of a release.
 *
 * @param label the jar's name
 * @param files texts of Java files by their path in the jar
 */
record SourceTree(String label, SortedMap<String, String> files) {

    private static final Pattern PACKAGE = Pattern.compile("(?m)^\\s*package\\s+([\\w.]+)\\s*;");

    static SourceTree read(Path jar, String label) throws BuildProblem {
        SortedMap<String, String> files = new TreeMap<>();
        try (ZipInputStream zip =
                new ZipInputStream(new ByteArrayInputStream(Files.readAllBytes(jar)))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                if (entry.getName().endsWith(".java")) {
                    files.put(entry.getName(), text(zip.readAllBytes()));
                }
            }
        } catch (IOException | IllegalArgumentException broken) {
            throw new BuildProblem("'" + label + "' can't be read: " + broken, broken);
        }
        if (files.isEmpty()) {
            throw new BuildProblem("'" + label + "' holds no Java sources");
        }
        return new SourceTree(label, files);
    }

    /** The path in the jar of a file of the project, which lies below more folders; empty if none. */
    String find(String path) {
        String rest = path;
        while (!rest.isEmpty()) {
            if (files.containsKey(rest)) {
                return rest;
            }
            int slash = rest.indexOf('/');
            rest = slash < 0 ? "" : rest.substring(slash + 1);
        }
        return "";
    }

    /** Where a new file belongs. */
    static String place(String path, String text) {
        Matcher named = PACKAGE.matcher(text);
        String file = path.substring(path.lastIndexOf('/') + 1);
        return named.find() ? named.group(1).replace('.', '/') + "/" + file : file;
    }

    /** Files in which one of these names stands as a word. */
    SortedMap<String, String> naming(Collection<String> simpleNames) {
        SortedMap<String, String> found = new TreeMap<>();
        if (!simpleNames.isEmpty()) {
            Pattern word = Pattern.compile(simpleNames.stream()
                    .map(Pattern::quote)
                    .collect(Collectors.joining("|", "\\b(", ")\\b")));
            files.forEach((path, text) -> {
                if (word.matcher(text).find()) {
                    found.put(path, text);
                }
            });
        }
        return found;
    }

    static String text(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException older) {
            return new String(bytes, StandardCharsets.ISO_8859_1);
        }
    }
}
