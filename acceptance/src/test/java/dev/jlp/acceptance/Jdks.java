package dev.jlp.acceptance;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;

/**
 * The JDKs that the product is tested on: one for each of the wanted feature versions, as far as
 * they are on this machine. {@code JdksTest} reports the missing ones.
 */
final class Jdks {

    static final List<Integer> WANTED = List.of(17, 25);

    private static final Map<Integer, Jdk> FOUND = find();

    private Jdks() {}

    static List<Jdk> present() {
        return List.copyOf(FOUND.values());
    }

    static Optional<Jdk> of(int feature) {
        return Optional.ofNullable(FOUND.get(feature));
    }

    private static Map<Integer, Jdk> find() {
        Map<Integer, Jdk> found = new TreeMap<>();
        for (Path home : candidates()) {
            featureOf(home)
                    .filter(WANTED::contains)
                    .ifPresent(feature -> found.putIfAbsent(feature, new Jdk(feature, home)));
        }
        return found;
    }

    private static List<Path> candidates() {
        Path running = Path.of(System.getProperty("java.home"));
        List<Path> homes = new ArrayList<>(List.of(running));
        String listed = System.getenv().getOrDefault("JLP_TEST_JDKS", "");
        for (String home : listed.split(java.io.File.pathSeparator, -1)) {
            if (!home.isBlank()) {
                homes.add(Path.of(home));
            }
        }
        // JAVA_HOME_17_X64 and the like, as build services set them.
        System.getenv().forEach((name, value) -> {
            if (name.startsWith("JAVA_HOME_")) {
                homes.add(Path.of(value));
            }
        });
        homes.addAll(siblings(running));
        return homes;
    }

    private static List<Path> siblings(Path home) {
        List<Path> homes = new ArrayList<>();
        try (DirectoryStream<Path> folder =
                Files.newDirectoryStream(home.toRealPath().getParent())) {
            folder.forEach(homes::add);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        homes.sort(null);
        return homes;
    }

    private static Optional<Integer> featureOf(Path home) {
        Path release = home.resolve("release");
        if (!Files.isExecutable(home.resolve("bin/javac")) || !Files.isReadable(release)) {
            return Optional.empty();
        }
        try (Reader reader = Files.newBufferedReader(release)) {
            Properties properties = new Properties();
            properties.load(reader);
            String version = properties.getProperty("JAVA_VERSION", "\"0\"").replace("\"", "");
            return Optional.of(Runtime.Version.parse(version).feature());
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
