package dev.jlp.builder;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;

/**
 * Releases made by chance: a patched original behaves as the fixed release. How many is said by the property
 * {@code jlp.random.releases}, and where to begin by {@code jlp.random.seed}.
 */
class RandomReleasesTest {

    private static final String[] VERSIONS = {"8", "11", "17"};

    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit
    Path folder;

    @Test
    void a_patched_original_behaves_as_the_fixed_release() throws Exception {
        long first = Long.getLong("jlp.random.seed", 0);
        int tries = Integer.getInteger("jlp.random.releases", 20);
        int patched = 0;
        for (long seed = first; seed < first + tries; seed++) {
            patched += holds(seed) ? 1 : 0;
        }
        assertThat(patched).as("releases that could be patched").isGreaterThan(tries / 2);
    }

    /** False if the builder refuses. */
    private boolean holds(long seed) throws Exception {
        RandomReleases releases = new RandomReleases(seed);
        int versions = Math.floorMod(seed, VERSIONS.length * VERSIONS.length);
        Path original = compile("o", releases.release(false), VERSIONS[versions % VERSIONS.length]);
        Path fixed = compile("f", releases.release(true), VERSIONS[versions / VERSIONS.length]);
        BuildResult result = PatchBuilder.build(
                List.of(new ReleasePair(original.toString(), fixed.toString())),
                BuildOptions.named("fix", "1.0"));
        if (result.patch().isPresent()) {
            ClassLoader loader = PatchedLoader.patched(result.patch().get(), original);
            assertThat(run(loader)).as("seed %s", seed).isEqualTo(run(PatchedLoader.plain(fixed)));
        }
        return result.patch().isPresent();
    }

    private Path compile(String name, String[] sources, String version) {
        return Sources.jar(
                folder.resolve(name + ".jar"),
                List.of("--release", version, "-Xlint:-options"),
                sources);
    }

    private static String run(ClassLoader loader) throws Exception {
        Object main = loader.loadClass("p.Main").getDeclaredConstructor().newInstance();
        return String.valueOf(((Callable<?>) main).call());
    }
}
