package dev.jlp.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** The rules of the house that no tool knows. Each failure names the files. */
final class TidyTest {

    private static final int LINES_MAX = 500;
    private static final Set<String> NOT_OURS =
            Set.of("target", ".git", ".idea", ".vscode", "node_modules");
    private static final Set<String> TEXTS =
            Set.of("java", "md", "xml", "txt", "sh", "yml", "yaml", "json", "properties", "config");
    // In pieces, so that this file passes its own test.
    private static final Pattern UNFINISHED =
            Pattern.compile("\\b(TO" + "DO|FIX" + "ME|XX" + "X)\\b");
    private static final Pattern SLEEP =
            Pattern.compile("\\bThread\\.sl" + "eep\\(|TimeUnit\\.\\w+\\.sl" + "eep\\(");
    private static final Pattern AUTHOR = Pattern.compile("@auth" + "or\\b");
    private static final Pattern PLACE = Pattern.compile("(^|[\\s\"'=(`])/wo"
            + "rk/|/home/\\w+/|/ro" + "ot/|repo\\.maven\\.apache\\.org|repo1\\.maven");

    private final List<Path> files = ownFiles();

    @Test
    void no_java_file_is_longer_than_500_lines() {
        assertThat(java(file -> lines(file).size() > LINES_MAX)).isEmpty();
    }

    @Test
    void every_package_says_what_it_is() {
        assertThat(java(file -> isInPackageOfMain(file)
                        && !Files.exists(file.resolveSibling("package-info.java"))))
                .isEmpty();
    }

    @Test
    void nothing_is_left_to_be_done_later() {
        assertThat(containing(UNFINISHED)).isEmpty();
    }

    @Test
    void nobody_sleeps() {
        assertThat(containing(SLEEP)).isEmpty();
    }

    @Test
    void nobody_signs_a_file() {
        assertThat(containing(AUTHOR)).isEmpty();
    }

    @Test
    void no_file_names_a_place_of_one_machine() {
        assertThat(containing(PLACE)).isEmpty();
    }

    private List<Path> java(Predicate<Path> fault) {
        return files.stream()
                .filter(file -> file.toString().endsWith(".java"))
                .filter(fault)
                .map(Shipped.root()::relativize)
                .toList();
    }

    private List<String> containing(Pattern pattern) {
        List<String> found = new ArrayList<>();
        for (Path file : files) {
            List<String> lines = lines(file);
            for (int i = 0; i < lines.size(); i++) {
                if (pattern.matcher(lines.get(i)).find()) {
                    found.add(Shipped.root().relativize(file) + ":" + (i + 1));
                }
            }
        }
        return found;
    }

    /** Sources of tests' corpora are no packages of the product. */
    private static boolean isInPackageOfMain(Path file) {
        String path = file.toString();
        return path.contains("/src/main/java/")
                || path.contains("/src/test/java/dev/jlp/acceptance/");
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file, StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new java.io.UncheckedIOException(file.toString(), unreadable);
        }
    }

    private static List<Path> ownFiles() {
        List<Path> found = new ArrayList<>();
        try {
            Files.walkFileTree(Shipped.root(), new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(
                        Path folder, BasicFileAttributes attributes) {
                    boolean ours = !NOT_OURS.contains(folder.getFileName().toString());
                    return ours ? FileVisitResult.CONTINUE : FileVisitResult.SKIP_SUBTREE;
                }

                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    String name = file.getFileName().toString();
                    int dot = name.lastIndexOf('.');
                    if (attributes.isRegularFile()
                            && (dot < 0 || TEXTS.contains(name.substring(dot + 1)))) {
                        found.add(file);
                    }
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException unreadable) {
            throw new java.io.UncheckedIOException(unreadable);
        }
        return found;
    }
}
