package dev.jlp.builder;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;

/** Two releases with a class {@code p.Main} that calls; what it answers in each, and once patched. */
final class Differential {

    private final Path folder;
    private final List<String> before = new ArrayList<>();
    private final List<String> after = new ArrayList<>();
    private List<String> beforeOptions = List.of();
    private List<String> afterOptions = List.of();

    Differential(Path folder) {
        this.folder = folder;
    }

    Differential original(String... sources) {
        before.addAll(Arrays.asList(sources));
        return this;
    }

    Differential fixed(String... sources) {
        after.addAll(Arrays.asList(sources));
        return this;
    }

    /** Compiled for these releases of Java. */
    Differential released(int original, int fixed) {
        beforeOptions = List.of("--release", String.valueOf(original));
        afterOptions = List.of("--release", String.valueOf(fixed));
        return this;
    }

    void behavesAs(String was, String is) throws Exception {
        BuildResult result = build();
        assertThat(result.patch()).as("%s", result.changes()).isPresent();
        assertThat(run(PatchedLoader.plain(jar("o")))).as("original").isEqualTo(was);
        assertThat(run(PatchedLoader.plain(jar("f")))).as("fixed").isEqualTo(is);
        assertThat(run(PatchedLoader.patched(result.patch().orElseThrow(), jar("o"))))
                .as("patched")
                .isEqualTo(is);
    }

    /** The build refuses, and says this. */
    void isRefusedWith(String text) throws Exception {
        BuildResult result = build();
        assertThat(result.patch()).isEmpty();
        assertThat(result.changes())
                .anySatisfy(change -> assertThat(change.toString()).contains(text));
    }

    private BuildResult build() throws Exception {
        Sources.jar(jar("o"), beforeOptions, before.toArray(new String[0]));
        Sources.jar(jar("f"), afterOptions, after.toArray(new String[0]));
        return PatchBuilder.build(
                List.of(new ReleasePair(jar("o").toString(), jar("f").toString())),
                BuildOptions.named("fix", "1.0"));
    }

    private Path jar(String name) {
        return folder.resolve(name + ".jar");
    }

    private static String run(ClassLoader loader) throws Exception {
        Object main = loader.loadClass("p.Main").getDeclaredConstructor().newInstance();
        return String.valueOf(((Callable<?>) main).call());
    }

    static String main(String expression) {
        return "package p; public class Main implements java.util.concurrent.Callable<Object> {"
                + " public Object call() throws Exception { return " + expression + "; } }";
    }
}
