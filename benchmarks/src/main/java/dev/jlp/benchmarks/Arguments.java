package dev.jlp.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A command line of {@code --name value} and {@code --name}; what no benchmark asks for is refused. */
final class Arguments {

    private final Map<String, String> given = new TreeMap<>();

    /** @throws IllegalArgumentException if the line says anything but these names */
    Arguments(String[] line, String... names) {
        List<String> known = new ArrayList<>(List.of(names));
        known.addAll(List.of("jdks", "print"));
        for (int i = 0; i < line.length; i++) {
            String name = line[i].startsWith("--") ? line[i].substring(2) : "";
            if (!known.contains(name)) {
                throw new IllegalArgumentException(
                        "'" + line[i] + "' is not one of --" + String.join(", --", known));
            }
            boolean flag = i + 1 == line.length || line[i + 1].startsWith("--");
            given.put(name, flag ? "" : line[++i]);
        }
    }

    /** Whether the option is there, with or without a value. */
    boolean has(String name) {
        return given.containsKey(name);
    }

    int number(String name, int otherwise) {
        return has(name) ? Integer.parseInt(given.getOrDefault(name, "")) : otherwise;
    }

    /** Values with commas between them. */
    List<Integer> numbers(String name, List<Integer> otherwise) {
        return has(name)
                ? List.of(given.getOrDefault(name, "").split(",", -1)).stream()
                        .map(Integer::valueOf)
                        .toList()
                : otherwise;
    }

    /** Names with commas between them. */
    List<String> words(String name, List<String> otherwise) {
        return has(name) ? List.of(given.getOrDefault(name, "").split(",", -1)) : otherwise;
    }

    /** The JDKs that are here; {@code --jdks} may name fewer. */
    List<Jdk> jdks() throws java.io.IOException {
        List<Integer> wanted = numbers("jdks", List.of());
        return Jdk.present().stream()
                .filter(jdk -> wanted.isEmpty() || wanted.contains(jdk.feature()))
                .toList();
    }

    /** Whether only to print, and to leave the document alone. */
    boolean print() {
        return has("print");
    }
}
