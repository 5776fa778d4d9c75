package dev.jlp.coverage;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/**
 * One JDK of this machine: named by {@code JLP_TEST_JDKS} or {@code JAVA_HOME_*}, the running one, or
 * beside it.
 */
record Jdk(int feature, String version, Path home) {

    static final List<Integer> WANTED = List.of(17, 25);

    Path java() {
        return home.resolve("bin").resolve("java");
    }

    /** One for each wanted version, as far as they are here. */
    static List<Jdk> present() throws IOException {
        Map<Integer, Jdk> found = new TreeMap<>();
        for (Path home : candidates()) {
            Jdk jdk = read(home);
            if (WANTED.contains(jdk.feature)) {
                found.putIfAbsent(jdk.feature, jdk);
            }
        }
        return List.copyOf(found.values());
    }

    private static List<Path> candidates() throws IOException {
        List<Path> homes = new ArrayList<>();
        for (String home : System.getenv().getOrDefault("JLP_TEST_JDKS", "").split(":", -1)) {
            if (!home.isBlank()) {
                homes.add(Path.of(home));
            }
        }
        System.getenv().forEach((name, value) -> {
            if (name.startsWith("JAVA_HOME_")) {
                homes.add(Path.of(value));
            }
        });
        Path running = Path.of(System.getProperty("java.home")).toRealPath();
        homes.add(running);
        try (DirectoryStream<Path> siblings = Files.newDirectoryStream(running.getParent())) {
            siblings.forEach(homes::add);
        }
        return homes;
    }

    /** With feature 0 if it is none. */
    private static Jdk read(Path home) throws IOException {
        Path release = home.resolve("release");
        if (!Files.isExecutable(home.resolve("bin/javac")) || !Files.isReadable(release)) {
            return new Jdk(0, "", home);
        }
        try (Reader reader = Files.newBufferedReader(release)) {
            Properties properties = new Properties();
            properties.load(reader);
            String version = properties.getProperty("JAVA_VERSION", "\"0\"").replace("\"", "");
            return new Jdk(Runtime.Version.parse(version).feature(), version, home);
        }
    }

    @Override
    public String toString() {
        return "JDK " + version;
    }
}
