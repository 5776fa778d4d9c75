package dev.jlp.desugar;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Rewrites a folder of classes in place, and leaves the list of their names. */
public final class Desugar {

    /** One class a line, as {@code Class.forName} takes it. */
    private static final String INDEX = "dev/jlp/classes";

    private Desugar() {}

    /**
     * Rewrites what lies in a folder.
     *
     * @param arguments the folder, which is the root of the packages, and the package below it
     */
    public static void main(String[] arguments) throws IOException {
        Path root = Path.of(arguments[0]);
        Map<String, byte[]> classes = desugar(read(root, arguments[1]));
        for (Map.Entry<String, byte[]> each : classes.entrySet()) {
            Files.write(root.resolve(each.getKey() + ".class"), each.getValue());
        }
        String names = classes.keySet().stream()
                .sorted()
                .map(name -> name.replace('/', '.') + "\n")
                .collect(Collectors.joining());
        Files.writeString(root.resolve(INDEX), names, StandardCharsets.UTF_8);
    }

    /** By internal name; the result has the classes that are new as well. */
    static Map<String, byte[]> desugar(Map<String, byte[]> classes) {
        Nests nests = new Nests();
        Map<String, DesugaredClass> desugared = new LinkedHashMap<>();
        classes.forEach((name, bytes) -> desugared.put(name, DesugaredClass.of(bytes, nests)));
        Map<String, byte[]> result = new LinkedHashMap<>();
        desugared.forEach((name, each) -> {
            nests.extend(each.node());
            result.put(name, each.bytes());
            result.putAll(each.added());
        });
        return result;
    }

    private static Map<String, byte[]> read(Path root, String below) throws IOException {
        List<Path> files;
        try (Stream<Path> walk = Files.walk(root.resolve(below))) {
            files = walk.filter(file -> file.toString().endsWith(".class"))
                    .sorted(Comparator.naturalOrder())
                    .toList();
        }
        Map<String, byte[]> classes = new LinkedHashMap<>();
        for (Path file : files) {
            String name = root.relativize(file).toString().replace('\\', '/');
            classes.put(
                    name.substring(0, name.length() - ".class".length()), Files.readAllBytes(file));
        }
        return classes;
    }
}
