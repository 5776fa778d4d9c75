package dev.jlp.acceptance;

import java.nio.file.Path;
import java.util.List;

/**
 * One library before and after a fix: two jars of the same name. {@code VERSION} in a source text
 * stands for {@code before} and {@code after}, which is often the entire difference. The fixed one may use
 * the API for patches.
 */
record Change(Path before, Path after) {

    static Change ofVersions(Jdk jdk, String name, Sources sources) {
        return of(
                jdk,
                name,
                sources.replace("VERSION", "before"),
                sources.replace("VERSION", "after"));
    }

    static Change of(Jdk jdk, String name, Sources before, Sources after) {
        return of(jdk, name, before, after, List.of());
    }

    static Change of(Jdk jdk, String name, Sources before, Sources after, List<String> options) {
        Path folder = Workplace.fresh();
        return new Change(
                before.compile(jdk, folder.resolve("before/" + name + ".jar"), List.of(), options),
                after.compile(
                        jdk,
                        folder.resolve("after/" + name + ".jar"),
                        List.of(Shipped.api()),
                        options));
    }

    /** The patch that {@code jlp build} makes of the two jars. */
    Path patch(String name, String... options) {
        return Jlp.build(name, List.of(this), options);
    }
}
