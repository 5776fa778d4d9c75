package dev.jlp.acceptance;

import java.util.ArrayList;
import java.util.List;

/** The JVMs of the soak: how they collect garbage and compile, and what is asked of them beside work. */
enum SoakFlags {
    G1("-XX:+UseG1GC", List.of()),
    PARALLEL("-XX:+UseParallelGC", List.of()),
    ZGC("-XX:+UseZGC", List.of()),
    INTERPRETED("-XX:+UseSerialGC", List.of("-Xint")),
    ONE_TIER("-XX:+UseSerialGC", List.of("-XX:TieredStopAtLevel=1")),
    /** Each method that matters is compiled at its first call, all others never; so it gets less to do. */
    COMPILED(
            "-XX:+UseSerialGC",
            List.of(
                    "-Xcomp",
                    "-XX:CompileCommand=quiet",
                    "-XX:CompileCommand=compileonly,rnd/*.*",
                    "-XX:CompileCommand=compileonly,java/lang/Jlp*.*",
                    "-XX:CompileCommand=compileonly,dev/jlp/acceptance/programs/*.*"));

    private static final List<String> LITTLE =
            List.of("RESPONSES", "EXCEPTIONS", "OVERFLOWS", "REFLECTION");
    private static final List<String> MORE = List.of("GARBAGE", "LOADERS");

    private final String collector;
    private final List<String> options;

    SoakFlags(String collector, List<String> options) {
        this.collector = collector;
        this.options = options;
    }

    TargetJvm run(TargetJvm.Start start, Jdk jdk, long seed, RandomPatches patches) {
        List<String> arguments =
                new ArrayList<>(List.of(Long.toString(seed), patches.original().toString()));
        arguments.addAll(LITTLE);
        if (this != COMPILED) {
            arguments.addAll(MORE);
        }
        return start.collector(collector)
                .option("-Xmx512m", "-Dsun.net.httpserver.nodelay=true")
                .option(jdk.nativeAccessors())
                .option(options.toArray(String[]::new))
                .run("RandomTarget", arguments.toArray(String[]::new));
    }

    /** Those that a build has the time for. */
    boolean isOfEachBuild() {
        return this == G1 || this == ONE_TIER;
    }

    @Override
    public String toString() {
        return collector + (options.isEmpty() ? "" : " " + options.get(0));
    }
}
