package dev.jlp.benchmarks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** One section of {@code docs/performance.md}, between two markers that carry its name. */
final class Report {

    private final String name;
    private final boolean printOnly;
    private final List<String> lines = new ArrayList<>();
    private final Map<String, String> pictures = new TreeMap<>();

    Report(String name, Arguments arguments) throws IOException {
        this.name = name;
        this.printOnly = arguments.print();
        System.out.println(machine());
        lines.add(machine());
    }

    void say(String line) {
        System.out.println(line);
        lines.add("");
        lines.add(line);
    }

    void add(Table table) {
        lines.add("");
        lines.addAll(table.lines());
    }

    /** Shows a picture, whose file has this name, below what was said. */
    void add(String file, String words, Plot plot) {
        pictures.put(file, plot.svg());
        lines.add("");
        lines.add("![" + words + "](plots/" + file + ".svg)");
    }

    void write() throws IOException {
        if (printOnly) {
            return;
        }
        Path folder = Files.createDirectories(Shipped.root().resolve("docs/plots"));
        for (Map.Entry<String, String> picture : pictures.entrySet()) {
            Files.writeString(folder.resolve(picture.getKey() + ".svg"), picture.getValue());
        }
        Path document = Shipped.root().resolve("docs/performance.md");
        String text = Files.readString(document, StandardCharsets.UTF_8);
        String begin = "<!-- " + name + " -->\n";
        String end = "<!-- end of " + name + " -->";
        int from = text.indexOf(begin);
        int to = text.indexOf(end);
        if (from < 0 || to < from) {
            throw new IOException("'" + document + "' has no section '" + name + "'");
        }
        Files.writeString(
                document,
                text.substring(0, from) + begin + String.join("\n", lines) + "\n"
                        + text.substring(to));
    }

    private static String machine() throws IOException {
        String processor = "processor unknown";
        for (String line : Files.readAllLines(Path.of("/proc/cpuinfo"))) {
            if (line.startsWith("model name")) {
                processor = line.substring(line.indexOf(':') + 1).strip();
                break;
            }
        }
        String load = Files.readString(Path.of("/proc/loadavg")).split(" ", 2)[0];
        return LocalDate.now(java.time.ZoneId.systemDefault()) + ", "
                + Runtime.getRuntime().availableProcessors() + " × " + processor + ", "
                + System.getProperty("os.name") + " " + System.getProperty("os.version")
                + ", load average at the start " + load + ", " + Jdk.present();
    }
}
