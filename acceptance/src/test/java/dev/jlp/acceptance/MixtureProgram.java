package dev.jlp.acceptance;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The program of the no-mixture tests, compiled, and what it counted. */
final class MixtureProgram {

    static final int PLATFORM_THREADS = 200;
    static final int VIRTUAL_THREADS = Integer.getInteger("jlp.acceptance.virtual", 500);

    private final Jdk jdk;
    private final Change libA;
    private final Change libB;

    private MixtureProgram(Jdk jdk, Change libA, Change libB) {
        this.jdk = jdk;
        this.libA = libA;
        this.libB = libB;
    }

    static MixtureProgram compile(Jdk jdk) {
        Path folder = Workplace.fresh();
        Sources a = Sources.ofCorpus("mixture/lib-a").replace("// FILL", statements());
        Sources b = Sources.ofCorpus("mixture/lib-b");
        Path[] jarsA = new Path[2];
        Path[] jarsB = new Path[2];
        for (int version = 1; version <= 2; version++) {
            Path place = folder.resolve(version == 1 ? "before" : "after");
            String text = Integer.toString(version);
            Path jarA = a.replace("VERSION", text)
                    .compile(jdk, place.resolve("lib-a.jar"), List.of(), List.of());
            jarsA[version - 1] = jarA;
            jarsB[version - 1] = b.replace("VERSION", text)
                    .compile(jdk, place.resolve("lib-b.jar"), List.of(jarA), List.of());
        }
        return new MixtureProgram(
                jdk, new Change(jarsA[0], jarsA[1]), new Change(jarsB[0], jarsB[1]));
    }

    /** One patch of two targets. */
    Path patch(String name) {
        return Jlp.build(name, List.of(libA, libB));
    }

    TargetJvm start(TargetJvm.Start start, long seed) {
        int virtual = jdk.hasVirtualThreads() ? VIRTUAL_THREADS : 0;
        start.option("-Xmx1g", "-Xss1m", jdk.nativeAccessors());
        return start.run(
                "MixtureTarget",
                Integer.toString(PLATFORM_THREADS),
                Integer.toString(virtual),
                Long.toString(seed),
                libA.before().toString(),
                libB.before().toString(),
                libA.after().toString(),
                libB.after().toString());
    }

    /** What the workers of {@code jvm} counted so far. */
    static Counts counts(TargetJvm jvm) {
        Map<String, Long> numbers = new LinkedHashMap<>();
        String line = jvm.ask("stats");
        String examples = line.substring(line.indexOf("examples="));
        for (String pair : line.substring(0, line.indexOf(" examples=")).split(" ", -1)) {
            String[] parts = pair.split("=", 2);
            numbers.put(parts[0], Long.parseLong(parts[1]));
        }
        return new Counts(
                numbers.get("calls"),
                numbers.get("mixed"),
                numbers.get("old"),
                numbers.get("new"),
                numbers.get("flips"),
                examples);
    }

    /** {@code flips} is the largest number of any one thread since the last mark. */
    record Counts(long calls, long mixed, long old, long fresh, long flips, String examples) {}

    /** A little over 8,000 bytes of bytecode. */
    private static String statements() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 1_200; i++) {
            text.append("x = x * 31 + ").append(1_000 + i).append(";\n");
        }
        return text.toString();
    }
}
