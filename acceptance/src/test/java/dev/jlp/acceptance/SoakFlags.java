package dev.jlp.acceptance;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The JVMs of the soak: how they collect garbage and compile, and what is asked of them beside work. */
enum SoakFlags {
    G1("-XX:+UseG1GC"),
    PARALLEL("-XX:+UseParallelGC"),
    ZGC("-XX:+UseZGC"),
    INTERPRETED("-XX:+UseSerialGC -Xint"),
    ONE_TIER("-XX:+UseSerialGC -XX:TieredStopAtLevel=1"),
    /** Each method that matters is compiled at its first call, all others never; so it gets less to do. */
    COMPILED("-XX:+UseSerialGC -Xcomp -XX:CompileCommand=quiet"
            + " -XX:CompileCommand=compileonly,rnd/*.*"
            + " -XX:CompileCommand=compileonly,java/lang/Jlp*.*"
            + " -XX:CompileCommand=compileonly,dev/jlp/acceptance/programs/*.*");

    private static final List<String> LITTLE =
            List.of("RESPONSES", "EXCEPTIONS", "OVERFLOWS", "REFLECTION", "GARBAGE");

    /** The collector first. */
    private final String options;

    SoakFlags(String options) {
        this.options = options;
    }

    TargetJvm run(TargetJvm.Start start, Jdk jdk, long seed, RandomPatches patches) {
        List<String> arguments =
                new ArrayList<>(List.of(Long.toString(seed), patches.original().toString()));
        arguments.addAll(LITTLE);
        if (this != COMPILED) {
            arguments.add("LOADERS");
        }
        String[] flags = options.split(" ", -1);
        return start.collector(flags[0])
                .option("-Xmx512m", "-Dsun.net.httpserver.nodelay=true")
                .option(jdk.nativeAccessors())
                .option(Arrays.copyOfRange(flags, 1, flags.length))
                .run("RandomTarget", arguments.toArray(String[]::new));
    }

    /** Those that a build has the time for. */
    boolean isOfEachBuild() {
        return this == G1 || this == ONE_TIER;
    }

    @Override
    public String toString() {
        return options.split(" -XX:CompileCommand", 2)[0];
    }
}
