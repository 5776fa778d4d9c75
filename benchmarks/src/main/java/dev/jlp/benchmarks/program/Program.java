package dev.jlp.benchmarks.program;

import com.sun.management.UnixOperatingSystemMXBean;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import javax.management.JMException;
import javax.management.ObjectName;

/** Does what it is told, a command a line, so that a benchmark decides when what happens. */
public final class Program {

    private static final Pattern HEAP = Pattern.compile("Total\\s+\\d+\\s+(\\d+)");
    private static final Pattern CLASSES =
            Pattern.compile(":\\s+(\\d+)\\s+\\d+\\s+java\\.lang\\.Class\\s");

    private Program() {}

    public static void main(String[] arguments) throws IOException {
        BufferedReader commands =
                new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = commands.readLine(); line != null; line = commands.readLine()) {
            try {
                System.out.println("= " + run(line.split(" ", -1)));
            } catch (ReflectiveOperationException | IOException | RuntimeException failed) {
                System.out.println("! " + failed);
            }
        }
    }

    private static String run(String[] command) throws ReflectiveOperationException, IOException {
        return switch (command[0]) {
            case "ready" -> "ready";
            case "classes" -> load(command[1], Integer.parseInt(command[2]));
            case "threads" -> Threads.start(command[1], Integer.parseInt(command[2]));
            case "redefine" -> Plain.redefine(command[1]);
            case "memory" -> memory();
            case "progress" -> Long.toString(Progress.rounds());
            case "compile" -> HotCode.start(Integer.parseInt(command[1]));
            case "compiled" -> HotCode.compiled();
            case "samples" -> HotCode.samples();
            case "hot" -> Long.toString(Hot.run(Integer.parseInt(command[1])));
            default -> throw new IllegalArgumentException(command[0]);
        };
    }

    /** Initialises numbered classes, from 0 on. */
    private static String load(String prefix, int count) throws ReflectiveOperationException {
        for (int i = 0; i < count; i++) {
            Class.forName(prefix + i);
        }
        return Integer.toString(count);
    }

    /** After collections: heap, metaspace and code cache in KiB, threads, open files, classes. */
    private static String memory() {
        String histogram = histogram();
        return String.format(
                Locale.ROOT,
                "%d %d %d %d %d %d",
                number(HEAP, histogram) / 1024,
                pools("Metaspace", "Compressed Class") / 1024,
                pools("CodeHeap", "CodeCache") / 1024,
                ManagementFactory.getThreadMXBean().getThreadCount(),
                ManagementFactory.getPlatformMXBean(UnixOperatingSystemMXBean.class)
                        .getOpenFileDescriptorCount(),
                number(CLASSES, histogram));
    }

    private static long number(Pattern pattern, String text) {
        Matcher found = pattern.matcher(text);
        if (!found.find()) {
            throw new IllegalStateException("'" + pattern + "' is not in the histogram");
        }
        return Long.parseLong(found.group(1));
    }

    /**
     * Of what is alive after collections. The JVM's own count of loaded classes is of no use: it rises with
     * every redefinition and never falls, whoever redefines.
     */
    private static String histogram() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        try {
            return (String) ManagementFactory.getPlatformMBeanServer()
                    .invoke(
                            new ObjectName("com.sun.management:type=DiagnosticCommand"),
                            "gcClassHistogram",
                            new Object[] {new String[0]},
                            new String[] {String[].class.getName()});
        } catch (JMException missing) {
            throw new IllegalStateException("the JVM gives no histogram", missing);
        }
    }

    private static long pools(String... names) {
        long used = 0;
        for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
            for (String name : names) {
                used += pool.getName().startsWith(name) ? pool.getUsage().getUsed() : 0;
            }
        }
        return used;
    }
}
