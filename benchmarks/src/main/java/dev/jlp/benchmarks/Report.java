package dev.jlp.benchmarks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/** One section of {@code docs/performance.md}, between two markers that carry its name. */
final class Report {

    private final String name;
    private final List<String> lines = new ArrayList<>();

    Report(String name) throws IOException {
        this.name = name;
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

    void write() throws IOException {
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
