package dev.jlp.coverage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;

/** What it was measured on. */
final class Machine {

    private Machine() {}

    static String line(List<String> jdks) throws IOException {
        String processor = "processor unknown";
        for (String line : Files.readAllLines(Path.of("/proc/cpuinfo"))) {
            if (line.startsWith("model name")) {
                processor = line.substring(line.indexOf(':') + 1).strip();
                break;
            }
        }
        return LocalDate.now(ZoneId.systemDefault()) + ", "
                + Runtime.getRuntime().availableProcessors() + " × " + processor + ", "
                + System.getProperty("os.name") + " " + System.getProperty("os.version") + ", "
                + String.join(", ", jdks) + ".";
    }
}
