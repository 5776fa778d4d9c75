package dev.jlp.fuzz;

import java.util.List;
import java.util.function.Consumer;

/** Everything that reads what others wrote. */
@SuppressWarnings("ImmutableEnumChecker") // method references
enum Fuzzed {
    ARTIFACT(20_000, ArtifactFuzz::fuzzerTestOneInput, List.of(Seeds.artifact())),
    DESCRIPTION(2_000, DescriptionFuzz::fuzzerTestOneInput, List.of(DescriptionFuzz.seed())),
    REQUEST(500, RequestFuzz::fuzzerTestOneInput, List.of(RequestFuzz.seed())),
    WEAVER(10_000, WeaverFuzz::fuzzerTestOneInput, Seeds.classFiles()),
    BUILDER(200, BuilderFuzz::fuzzerTestOneInput, List.of(Seeds.releaseAfter().get(Seeds.CHANGED)));

    private final int inputs;
    private final Consumer<byte[]> target;
    private final List<byte[]> seeds;

    Fuzzed(int inputs, Consumer<byte[]> target, List<byte[]> seeds) {
        this.inputs = inputs;
        this.target = target;
        this.seeds = seeds;
    }

    /** How many are tried in each build. */
    int inputs() {
        return inputs;
    }

    void take(byte[] input) {
        target.accept(input);
    }

    List<byte[]> seeds() {
        return seeds;
    }
}
