package dev.jlp.builder;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A jar by file name or Maven coordinates. Coordinates are looked for in the local repository
 * first; what is not there is fetched by Maven, with the user's own settings.
 *
 * @param file where the jar is
 * @param label as it was asked for: coordinates or the file's name
 * @param target name of the target that it is a release of
 */
record ArtifactSource(Path file, String label, String target) {

    private static final Pattern COORDINATES = Pattern.compile("([\\w.-]+):([\\w.-]+):([\\w.+-]+)");
    private static final Pattern VERSIONED = Pattern.compile("(.+?)-[0-9][\\w.+-]*");
    private static final long FETCH_SECONDS_MAX = 300;

    static ArtifactSource resolve(String text) throws BuildProblem {
        return resolve(text, "");
    }

    /** The sources of a release, by file name or by the coordinates of the release. */
    static ArtifactSource resolveSources(String text) throws BuildProblem {
        return resolve(text, "sources");
    }

    private static ArtifactSource resolve(String text, String classifier) throws BuildProblem {
        Matcher coordinates = COORDINATES.matcher(text);
        if (coordinates.matches() && !isFile(text)) {
            String group = coordinates.group(1);
            String artifact = coordinates.group(2);
            String suffix = classifier.isEmpty() ? "" : "-" + classifier;
            Path jar = localJar(group, artifact, coordinates.group(3), suffix);
            String wanted = classifier.isEmpty() ? text : text + ":jar:" + classifier;
            if (!Files.isRegularFile(jar)) {
                fetch(wanted);
            }
            if (!Files.isRegularFile(jar)) {
                throw new BuildProblem("Maven has no jar for the coordinates '" + wanted + "'");
            }
            return new ArtifactSource(jar, wanted, group + ":" + artifact);
        }
        if (!isFile(text)) {
            throw new BuildProblem("'" + text
                    + "' is neither a file nor Maven coordinates 'group:artifact:version'");
        }
        Path file = Path.of(text);
        String name =
                Optional.ofNullable(file.getFileName()).map(Path::toString).orElse(text);
        return new ArtifactSource(file, name, baseName(name));
    }

    private static boolean isFile(String text) {
        try {
            return Files.isRegularFile(Path.of(text));
        } catch (InvalidPathException odd) {
            return false;
        }
    }

    /** {@code commons-text-1.9.jar} is a release of {@code commons-text}. */
    private static String baseName(String file) {
        String stem = file.endsWith(".jar") ? file.substring(0, file.length() - 4) : file;
        Matcher versioned = VERSIONED.matcher(stem);
        String base = versioned.matches() ? versioned.group(1) : stem;
        String plain = base.replaceAll("[^A-Za-z0-9._+-]", "_");
        return plain.matches("[A-Za-z0-9].*") ? plain : "x" + plain;
    }

    private static Path localRepository() {
        String named = System.getProperty("maven.repo.local", "");
        return named.isEmpty()
                ? Path.of(System.getProperty("user.home"), ".m2", "repository")
                : Path.of(named).toAbsolutePath();
    }

    private static Path localJar(String group, String artifact, String version, String suffix) {
        return localRepository()
                .resolve(group.replace('.', '/'))
                .resolve(artifact)
                .resolve(version)
                .resolve(artifact + "-" + version + suffix + ".jar");
    }

    private static void fetch(String coordinates) throws BuildProblem {
        List<String> command = List.of(
                "mvn",
                "-q",
                "-B",
                "org.apache.maven.plugins:maven-dependency-plugin:3.11.0:get",
                "-Dmaven.repo.local=" + localRepository(), // where it is looked for afterwards
                "-Dartifact=" + coordinates,
                "-Dtransitive=false");
        try {
            Process maven = new ProcessBuilder(command)
                    .directory(Path.of(System.getProperty("java.io.tmpdir")).toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (!maven.waitFor(FETCH_SECONDS_MAX, TimeUnit.SECONDS)) {
                maven.destroy();
                throw new BuildProblem("Maven did not fetch '" + coordinates + "' in time");
            }
            if (maven.exitValue() != 0) {
                throw new BuildProblem(
                        "the coordinates '" + coordinates + "' were not found by Maven");
            }
        } catch (IOException noMaven) {
            throw new BuildProblem(
                    "'" + coordinates + "' is not in the local repository and Maven can't be run",
                    noMaven);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new BuildProblem("stopped while fetching '" + coordinates + "'", stopped);
        }
    }
}
