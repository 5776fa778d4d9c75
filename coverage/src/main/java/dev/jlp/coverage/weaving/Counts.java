package dev.jlp.coverage.weaving;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Numbers by name, and texts by name; in a file a line each. A name with a colon has a reason behind it:
 * {@code refused: it is a constructor}.
 */
public final class Counts {

    /** Texts of a name beyond these are counted only. */
    private static final int TEXTS_MAX = 40;

    private final Map<String, Long> numbers = new TreeMap<>();
    private final List<String> texts = new ArrayList<>();

    /** Counts. */
    public synchronized void add(String name, long by) {
        numbers.merge(name, by, Long::sum);
    }

    /** Counts and keeps what was said. */
    public synchronized void say(String name, String text) {
        if (numbers.merge(name, 1L, Long::sum) <= TEXTS_MAX) {
            texts.add(name + "\t" + text.replaceAll("\\s+", " "));
        }
    }

    /** A number; zero if nobody counted. */
    public synchronized long of(String name) {
        return numbers.getOrDefault(name, 0L);
    }

    /** All numbers whose names begin so, by the rest of the name. */
    public synchronized Map<String, Long> reasons(String begin) {
        Map<String, Long> reasons = new TreeMap<>();
        numbers.forEach((name, number) -> {
            if (name.startsWith(begin)) {
                reasons.put(name.substring(begin.length()).strip(), number);
            }
        });
        return reasons;
    }

    /** What was said under a name. */
    public synchronized List<String> texts(String name) {
        return texts.stream()
                .filter(text -> text.startsWith(name + "\t"))
                .map(text -> text.substring(name.length() + 1))
                .toList();
    }

    /** All of both. */
    public synchronized void addAll(Counts other) {
        other.numbers.forEach(this::add);
        texts.addAll(other.texts);
    }

    /** Writes all of it down. */
    public synchronized void write(Path file) throws IOException {
        List<String> lines = new ArrayList<>();
        numbers.forEach((name, number) -> lines.add("=\t" + name + "\t" + number));
        texts.forEach(text -> lines.add("'\t" + text));
        Files.write(file, lines);
    }

    /** What was written. */
    public static Counts read(Path file) throws IOException {
        Counts counts = new Counts();
        for (String line : Files.readAllLines(file)) {
            String[] parts = line.split("\t", 3);
            if (parts[0].equals("=")) {
                counts.add(parts[1], Long.parseLong(parts[2]));
            } else {
                counts.texts.add(parts[1] + "\t" + parts[2]);
            }
        }
        return counts;
    }
}
