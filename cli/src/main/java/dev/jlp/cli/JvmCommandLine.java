package dev.jlp.cli;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How a JVM was started.
 *
 * @param options of the launcher and from the environment, later ones win
 * @param main the main class, or the file name of the jar
 * @param environment its variables at the start
 */
record JvmCommandLine(List<String> options, String main, Map<String, String> environment) {

    /** Launcher options whose value is the next word. */
    private static final Set<String> TAKES_VALUE = Set.of(
            "-cp",
            "-classpath",
            "--class-path",
            "-p",
            "--module-path",
            "--upgrade-module-path",
            "--add-modules",
            "--limit-modules",
            "--add-exports",
            "--add-opens",
            "--add-reads",
            "--patch-module",
            "--enable-native-access",
            "--source",
            "-d",
            "--describe-module");

    private static final Pattern STACK =
            Pattern.compile("-(?:Xss|XX:ThreadStackSize=)(\\d{1,12})([kKmMgGtT]?)");

    private static final Set<String> BEFORE_MAIN = Set.of("-jar", "-m", "--module");

    static JvmCommandLine of(long pid) {
        return parse(words(pid, "cmdline"), words(pid, "environ"));
    }

    static JvmCommandLine parse(List<String> words, List<String> variables) {
        Map<String, String> environment = new java.util.LinkedHashMap<>();
        for (String variable : variables) {
            int equals = variable.indexOf('=');
            if (equals > 0) {
                environment.put(variable.substring(0, equals), variable.substring(equals + 1));
            }
        }
        List<String> options = new ArrayList<>();
        for (String name : List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS")) {
            Collections.addAll(options, environment.getOrDefault(name, "").split("\\s+"));
        }
        String program = words.isEmpty() ? "" : fileName(words.get(0));
        int next = 1;
        while (next < words.size()
                && words.get(next).startsWith("-")
                && !BEFORE_MAIN.contains(words.get(next))) {
            options.add(words.get(next));
            next += TAKES_VALUE.contains(words.get(next)) ? 2 : 1;
        }
        if (next < words.size() && BEFORE_MAIN.contains(words.get(next))) {
            next++;
        }
        boolean launcher = program.equals("java") && next < words.size();
        return new JvmCommandLine(
                options, launcher ? mainName(words.get(next)) : program, environment);
    }

    /** Whether a switch is set, by the last word about it. */
    boolean enabled(String flag, boolean standard) {
        boolean enabled = standard;
        for (String option : options) {
            if (option.equals("-XX:+" + flag)) {
                enabled = true;
            } else if (option.equals("-XX:-" + flag)) {
                enabled = false;
            }
        }
        return enabled;
    }

    /** What a thread's stack takes, by the last word about it; the flag counts in KiB. */
    long stackBytes() {
        long bytes = 1L << 20;
        for (String option : options) {
            Matcher size = STACK.matcher(option);
            if (size.matches()) {
                String unit = size.group(2).toLowerCase(Locale.ROOT);
                int shift = 10 * " kmgt".indexOf(unit.isEmpty() ? " " : unit);
                int kib = option.startsWith("-XX:") ? 10 : 0;
                bytes = Long.parseLong(size.group(1)) << Math.min(shift + kib, 40);
            }
        }
        return Math.max(bytes, 1L << 16);
    }

    /** The folder that the agent was told to keep its socket in, or null. */
    @Nullable
    String controlFolder() {
        String folder = environment.get("JLP_CONTROL");
        for (String option : options) {
            if (option.startsWith("-Djlp.control=")) {
                folder = option.substring("-Djlp.control=".length());
            }
        }
        for (String option : options) {
            int pairs = option.startsWith("-javaagent:") ? option.indexOf('=') : -1;
            if (pairs > 0 && option.substring(0, pairs).contains("jlp")) {
                for (String pair : option.substring(pairs + 1).split(",", -1)) {
                    folder = pair.startsWith("control=")
                            ? pair.substring("control=".length())
                            : folder;
                }
            }
        }
        return folder == null || folder.isEmpty() ? null : folder;
    }

    private static String mainName(String word) {
        return word.endsWith(".jar") ? fileName(word) : word;
    }

    private static String fileName(String path) {
        Path name = Path.of(path).getFileName();
        return name == null ? path : name.toString();
    }

    /** Words with a zero after each; none if the process hides them. */
    private static List<String> words(long pid, String file) {
        try {
            String text = JvmProcess.text(pid, file);
            return text.isEmpty() ? List.of() : List.of(text.split("\0", -1));
        } catch (IOException hidden) {
            return List.of();
        }
    }
}
