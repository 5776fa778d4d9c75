package dev.jlp.coverage;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The local Maven repository, where the builder looks for coordinates, too. */
final class Repository {

    private static final Duration FETCH_MAX = Duration.ofMinutes(20);
    private static final String PLUGIN = "org.apache.maven.plugins:maven-dependency-plugin:3.11.0";

    private Repository() {}

    /** {@code group:artifact:version}, and a classifier if there is one. */
    static Path jar(String coordinates) {
        String[] parts = coordinates.split(":", -1);
        String classifier = parts.length > 3 ? "-" + parts[3] : "";
        return folder().resolve(parts[0].replace('.', '/'))
                .resolve(parts[1])
                .resolve(parts[2])
                .resolve(parts[1] + "-" + parts[2] + classifier + ".jar");
    }

    static boolean has(String coordinates) {
        return Files.isRegularFile(jar(coordinates));
    }

    static String path(List<String> coordinates) {
        return String.join(
                File.pathSeparator,
                coordinates.stream().map(each -> jar(each).toString()).toList());
    }

    /** Has Maven fetch what is not there, all in one run; what it does not find stays missing. */
    static void fetch(List<Pair> pairs, Path work) throws IOException {
        Set<String> all = new TreeSet<>();
        pairs.forEach(pair -> all.addAll(pair.coordinates()));
        fetch(all, work);
    }

    /** The same for any jars. */
    static void fetch(Set<String> coordinates, Path work) throws IOException {
        Set<String> missing = new TreeSet<>(coordinates);
        missing.removeIf(Repository::has);
        if (missing.isEmpty()) {
            return;
        }
        System.err.println("fetching " + missing.size() + " jars with Maven");
        Path project = Files.createDirectories(work.resolve("fetch"));
        Files.writeString(project.resolve("pom.xml"), pom(missing));
        // A goal of a plugin can't be asked for many artifacts but by a project of its own.
        Finished maven = Finished.run(
                List.of(
                        "mvn",
                        "-q",
                        "-B",
                        "-f",
                        project.resolve("pom.xml").toString(),
                        "-Dmaven.repo.local=" + folder(),
                        PLUGIN + ":copy"),
                FETCH_MAX);
        if (maven.exit() != 0) {
            System.err.println("Maven did not bring all: " + maven.out() + maven.err());
        }
    }

    private static String pom(Set<String> coordinates) {
        StringBuilder items = new StringBuilder();
        for (String each : coordinates) {
            String[] parts = each.split(":", -1);
            items.append("<artifactItem><groupId>")
                    .append(parts[0])
                    .append("</groupId><artifactId>")
                    .append(parts[1])
                    .append("</artifactId><version>")
                    .append(parts[2])
                    .append("</version>")
                    .append(parts.length > 3 ? "<classifier>" + parts[3] + "</classifier>" : "")
                    .append("</artifactItem>\n");
        }
        return """
            <project xmlns="http://maven.apache.org/POM/4.0.0">
            <modelVersion>4.0.0</modelVersion>
            <groupId>dev.jlp.coverage</groupId><artifactId>fetch</artifactId><version>1</version>
            <packaging>pom</packaging>
            <build><plugins><plugin>
            <groupId>org.apache.maven.plugins</groupId>
            <artifactId>maven-dependency-plugin</artifactId>
            <configuration>
            <outputDirectory>${project.build.directory}</outputDirectory>
            <artifactItems>
            %s</artifactItems>
            </configuration>
            </plugin></plugins></build>
            </project>
            """.formatted(items);
    }

    private static Path folder() {
        String named = System.getProperty("maven.repo.local", "");
        return named.isEmpty()
                ? Path.of(System.getProperty("user.home"), ".m2", "repository")
                : Path.of(named).toAbsolutePath();
    }
}
