package dev.jlp.cli;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Whether a JVM may start the threads that attaching needs, as far as its limits show from outside. One that can't
 * start the first of them, HotSpot's own listener, ends itself: so it must not be asked to.
 */
final class ThreadRoom {

    /** HotSpot's listener and the agent's. */
    static final int THREADS_MIN = 4;

    private static final Path PROC = Path.of("/proc");
    private static final Path GROUPS = Path.of("/sys/fs/cgroup");
    private static final String LISTENER = "Attach Listener";

    private ThreadRoom() {}

    /** Why the JVM might not get a listener, or null: it has one, or no limit that is known is near. */
    static @Nullable String obstacle(long pid) {
        try {
            String limit = hasListener(pid) ? null : nearLimit(pid);
            return limit == null
                    ? null
                    : "JVM " + pid + " may get no more threads, and attaching would end it then: "
                            + limit
                            + "; let it have room for " + THREADS_MIN
                            + " threads, or start it with -javaagent";
        } catch (IOException | NumberFormatException hidden) {
            return null; // as far as it shows
        }
    }

    private static boolean hasListener(long pid) throws IOException {
        try (DirectoryStream<Path> threads =
                Files.newDirectoryStream(PROC.resolve(pid + "/task"))) {
            for (Path thread : threads) {
                if (name(thread).equals(LISTENER)) {
                    return true;
                }
            }
            return false;
        }
    }

    /** Empty if it has just ended. */
    private static String name(Path thread) {
        try {
            return Files.readString(thread.resolve("comm")).strip();
        } catch (IOException ended) {
            return "";
        }
    }

    private static @Nullable String nearLimit(long pid) throws IOException {
        String limits = JvmProcess.text(pid, "limits");
        String status = JvmProcess.text(pid, "status");
        long stack = JvmCommandLine.of(pid).stackBytes();
        long free = soft(limits, "Max address space") - 1024 * number(status, "VmSize:");
        if (free / stack < THREADS_MIN) {
            return "of its address space " + (free >> 20) + " MiB are left, and a stack takes "
                    + (stack >> 20);
        }
        long uid = number(status, "Uid:");
        long processes = soft(limits, "Max processes");
        if (uid != 0 && processes != Long.MAX_VALUE && processes - threadsOf(uid) < THREADS_MIN) {
            return "its user is at the limit of " + processes + " processes and threads";
        }
        return nearGroupLimit(JvmProcess.text(pid, "cgroup"), GROUPS);
    }

    /** Of the control groups that a process is in, each with those around it. */
    static @Nullable String nearGroupLimit(String groups, Path root) throws IOException {
        for (String line : groups.split("\n", -1)) {
            String[] parts = line.split(":", 3);
            if (parts.length == 3 && (parts[1].isEmpty() || parts[1].equals("pids"))) {
                Path top = parts[1].isEmpty() ? root : root.resolve("pids");
                String full =
                        nearestFull(top, top.resolve(parts[2].substring(1)).normalize());
                if (full != null) {
                    return full;
                }
            }
        }
        return null;
    }

    private static @Nullable String nearestFull(Path top, Path group) throws IOException {
        for (Path each = group; each != null && each.startsWith(top); each = each.getParent()) {
            if (isFull(each)) {
                return "its control group '" + each + "' is at its limit 'pids.max'";
            }
        }
        return null;
    }

    private static boolean isFull(Path group) throws IOException {
        Path max = group.resolve("pids.max");
        Path current = group.resolve("pids.current");
        if (!Files.isReadable(max) || !Files.isReadable(current)) {
            return false;
        }
        String limit = Files.readString(max).strip();
        return !limit.equals("max")
                && Long.parseLong(limit)
                                - Long.parseLong(Files.readString(current).strip())
                        < THREADS_MIN;
    }

    /** The first number of a line of {@code limits}: what holds. */
    private static long soft(String limits, String name) {
        Matcher line = Pattern.compile("(?m)^" + name + " +(\\S+)").matcher(limits);
        return line.find() && !line.group(1).equals("unlimited")
                ? Long.parseLong(line.group(1))
                : Long.MAX_VALUE;
    }

    /** The first number behind a name; 0 if there is none. */
    private static long number(String status, String name) {
        Matcher line = Pattern.compile("(?m)^" + name + "\\s+(\\d+)").matcher(status);
        return line.find() ? Long.parseLong(line.group(1)) : 0;
    }

    private static long threadsOf(long uid) throws IOException {
        long threads = 0;
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(PROC, "[0-9]*")) {
            for (Path process : processes) {
                String status = status(process);
                threads += number(status, "Uid:") == uid ? number(status, "Threads:") : 0;
            }
        }
        return threads;
    }

    /** Empty if it has just ended. */
    private static String status(Path process) {
        try {
            return Files.readString(process.resolve("status"), StandardCharsets.ISO_8859_1);
        } catch (IOException ended) {
            return "";
        }
    }
}
