package dev.jlp.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Builds of the whole difference of releases of several sizes. Options: {@code --builds}, how often in one
 * JVM; {@code --pairs}, how many of the pairs, from the smallest on.
 */
final class Building {

    private static final int BUILDS = 9;
    private static final String HEAP = "-Xmx512m";
    private static final Pattern COLLECTION = Pattern.compile("(\\d+)M->(\\d+)M\\(\\d+M\\)");

    private record Pair(String original, String fixed) {}

    private static final List<Pair> PAIRS = List.of(
            new Pair("commons-text-1.9", "commons-text-1.10.0"),
            new Pair("hsqldb-2.7.0", "hsqldb-2.7.1"),
            new Pair("log4j-core-2.14.1", "log4j-core-2.15.0"),
            new Pair("h2-2.0.204", "h2-2.0.206"),
            new Pair("byte-buddy-1.18.13", "byte-buddy-1.18.14"),
            new Pair("hibernate-core-5.4.23.Final", "hibernate-core-5.4.24.Final"));

    private final int builds;
    private final Releases releases = new Releases();
    private final Table table = new Table(
            "JDK",
            "releases",
            "jar, MB",
            "differences",
            "patch, KB",
            "first, s",
            "warm, s",
            "fastest, s",
            "heap after collections, MB");
    private final List<double[]> points = new ArrayList<>();

    private Building(int builds) throws IOException {
        this.builds = builds;
    }

    public static void main(String[] line) throws Exception {
        Arguments arguments = new Arguments(line, "builds", "pairs");
        Report report = new Report("building", arguments);
        Building all = new Building(arguments.number("builds", BUILDS));
        Plot plot = Plot.lines(
                "building the whole difference, by the size of the jar",
                new Plot.Axis("MB", false),
                new Plot.Axis("s", false));
        for (Jdk jdk : arguments.jdks()) {
            for (Pair pair : PAIRS.subList(0, arguments.number("pairs", PAIRS.size()))) {
                all.measure(jdk, pair);
            }
            all.draw(plot, jdk);
        }
        report.add(all.table);
        report.say("Each pair in a JVM of its own with " + HEAP + ", " + all.builds
                + " builds one after the other by the steps of 'jlp build --takable': both jars read, the patch"
                + " written. First: the JVM has started, nothing is compiled. Warm: the median of the last half."
                + " Heap: the most that any collection left, which is not all of it alive. Differences: as the"
                + " build names them, those that it leaves out included.");
        report.add("building", "Time to build by size of the jar", plot);
        report.write();
    }

    private void measure(Jdk jdk, Pair pair) throws IOException {
        Path log = Files.createTempFile(releases.folder(), "collections", ".txt");
        Path original = Shipped.release(pair.original());
        String command = "build " + original + " " + Shipped.release(pair.fixed()) + " "
                + releases.folder().resolve("built.jlp");
        List<Double> seconds = new ArrayList<>();
        String[] last = {};
        try (Child child = new Child(
                jdk,
                List.of(HEAP, "-Xlog:gc=info:file=" + log + "::filecount=0"),
                Shipped.classes() + ":" + Shipped.libraries() + "/*",
                List.of("dev.jlp.benchmarks.build.Builds"))) {
            for (int i = 0; i < builds; i++) {
                last = child.ask(command).split(" ", -1);
                seconds.add(Long.parseLong(last[0]) / 1e9);
            }
        }
        List<Double> warm = seconds.subList(seconds.size() / 2, seconds.size());
        double megabytes = Files.size(original) / 1e6;
        points.add(new double[] {megabytes, seconds.get(0), Table.median(warm)});
        table.add(
                jdk.feature(),
                pair.original() + " → " + pair.fixed().replaceFirst(".*-", ""),
                Table.number(megabytes, 1),
                last[2],
                Table.number(Long.parseLong(last[1]) / 1e3, 0),
                Table.number(seconds.get(0), 2),
                Table.number(Table.median(warm), 2),
                Table.number(AtRestTable.fastest(seconds), 2),
                left(log));
    }

    private void draw(Plot plot, Jdk jdk) {
        double[] sizes = points.stream().mapToDouble(each -> each[0]).toArray();
        plot.add(
                jdk + ", first",
                sizes,
                points.stream().mapToDouble(each -> each[1]).toArray());
        plot.add(
                jdk + ", warm",
                sizes,
                points.stream().mapToDouble(each -> each[2]).toArray());
        points.clear();
    }

    private static String left(Path log) throws IOException {
        int most = -1;
        for (String line : Files.readAllLines(log)) {
            Matcher matcher = COLLECTION.matcher(line);
            if (matcher.find()) {
                most = Math.max(most, Integer.parseInt(matcher.group(2)));
            }
        }
        return most < 0 ? "no collection" : String.valueOf(most);
    }
}
