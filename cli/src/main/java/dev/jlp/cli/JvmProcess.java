package dev.jlp.cli;

import dev.jlp.control.SocketPlace;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A running JVM as {@code /proc} shows it: looking needs no attaching.
 *
 * @param pid its process id
 * @param line how it was started
 */
record JvmProcess(long pid, JvmCommandLine line) {

    private static final Path PROC = Path.of("/proc");

    /** The JVMs that this user may patch, in the order of their ids, without this one. */
    static List<JvmProcess> all() throws IOException {
        List<JvmProcess> found = new ArrayList<>();
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(PROC, "[0-9]*")) {
            for (Path process : processes) {
                long pid = Long.parseLong(process.getFileName().toString());
                if (pid != self() && isOurs(pid) && isJvm(pid)) {
                    found.add(new JvmProcess(pid, JvmCommandLine.of(pid)));
                }
            }
        }
        found.sort(Comparator.comparingLong(JvmProcess::pid));
        return found;
    }

    static boolean exists(long pid) {
        return Files.exists(PROC.resolve(Long.toString(pid)));
    }

    /** Whether it runs as this user; root may patch everybody's. */
    static boolean isOurs(long pid) {
        try {
            int own = SocketPlace.uid(self());
            return own == 0 || own == SocketPlace.uid(pid);
        } catch (IOException gone) {
            return false;
        }
    }

    /** Whether the library of a JVM is mapped. */
    static boolean isJvm(long pid) {
        try {
            return text(pid, "maps").contains("/libjvm.so");
        } catch (IOException hidden) {
            return false;
        }
    }

    /**
     * Whether the signal that attaching sends has a handler; without one it ends the process. The
     * mask is in hex, the signal is number 3.
     */
    static boolean catchesQuit(long pid) throws IOException {
        for (String line : text(pid, "status").split("\n", -1)) {
            if (line.startsWith("SigCgt:")) {
                String mask = line.substring(line.indexOf(':') + 1).strip();
                return (Long.parseUnsignedLong(mask, 16) >> 2 & 1) == 1;
            }
        }
        return false;
    }

    /** The version in the file beside the running JDK; empty if there is none. */
    static String jdk(long pid) {
        try {
            Path executable = PROC.resolve(pid + "/exe").toRealPath();
            Path home = executable.resolve("../..").normalize();
            for (String line : Files.readAllLines(home.resolve("release"))) {
                if (line.startsWith("JAVA_VERSION=")) {
                    return line.substring(line.indexOf('=') + 1).replace("\"", "");
                }
            }
            return "";
        } catch (IOException | RuntimeException unknown) {
            return "";
        }
    }

    static long self() {
        return ProcessHandle.current().pid();
    }

    static String text(long pid, String file) throws IOException {
        return new String(
                Files.readAllBytes(PROC.resolve(pid + "/" + file)), StandardCharsets.ISO_8859_1);
    }
}
