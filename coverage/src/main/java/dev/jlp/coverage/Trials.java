package dev.jlp.coverage;

import com.grack.nanojson.JsonObject;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The pairs with a demonstration, each on each JDK; what is broken is written down like the rest. */
final class Trials {

    private final List<String> flags;
    private final Results results;
    private final Demos demos;
    private final Path patches;
    private final Map<Path, JsonObject> built = new HashMap<>();

    Trials(List<String> flags, Results results) throws IOException {
        this.flags = flags;
        this.results = results;
        this.demos = new Demos(Shipped.work());
        this.patches = Files.createDirectories(Shipped.work().resolve("patches"));
    }

    void run(Pair pair, Jdk jdk, boolean force) throws IOException, InterruptedException {
        String step = Integer.toString(jdk.feature());
        if (force || results.read(pair, step).isEmpty()) {
            JsonObject document = new JsonObject();
            document.put("jdk", jdk.version());
            document.put("minimal", patched(pair, jdk, true));
            document.put("whole", patched(pair, jdk, false));
            results.write(pair, step, document);
        }
        String stockStep = "stock-" + step;
        if (force || results.read(pair, stockStep).isEmpty()) {
            JsonObject document = new JsonObject();
            document.put("jdk", jdk.version());
            document.put("minimal", stock(pair, jdk, true));
            document.put("whole", stock(pair, jdk, false));
            results.write(pair, stockStep, document);
        }
    }

    private JsonObject patched(Pair pair, Jdk jdk, boolean minimal) throws InterruptedException {
        try {
            Path patch = patches.resolve(pair.id() + (minimal ? "-minimal.jlp" : "-whole.jlp"));
            JsonObject build = built.get(patch);
            if (build == null) {
                build = Jlp.run(build(pair, minimal, patch));
                built.put(patch, build);
            }
            JsonObject trial = new JsonObject();
            if (build.getInt("exit") == 0) {
                trial = new Live(pair, jdk, flags, demos).patched(patch);
            }
            trial.put("build", build);
            return trial;
        } catch (IOException | RuntimeException broken) {
            return problem(broken);
        }
    }

    /** The command line of a build. */
    static String[] build(Pair pair, boolean minimal, Path patch) {
        List<String> line = new ArrayList<>(List.of("build", "-o", patch.toString()));
        for (String[] release : pair.releases()) {
            Collections.addAll(line, "--original", release[0], "--fixed", release[1]);
        }
        for (String dependency : pair.dependencies()) {
            Collections.addAll(line, "--classpath", dependency);
        }
        for (String field : pair.anew()) {
            Collections.addAll(line, "--anew", field);
        }
        if (minimal) {
            for (String name : pair.minimal()) {
                Collections.addAll(line, "--include", name);
            }
            line.add("--closure");
        }
        return line.toArray(String[]::new);
    }

    private JsonObject stock(Pair pair, Jdk jdk, boolean minimal) throws InterruptedException {
        try {
            List<String> names = minimal
                    ? pair.minimal().stream()
                            .map(name -> name.replace('/', '.'))
                            .toList()
                    : JarDifference.changed(
                            Repository.jar(pair.original()), Repository.jar(pair.repaired()));
            return new Live(pair, jdk, flags, demos).stock(minimal ? "minimal" : "whole", names);
        } catch (IOException | RuntimeException broken) {
            return problem(broken);
        }
    }

    private static JsonObject problem(Exception broken) {
        JsonObject trial = new JsonObject();
        trial.put("problem", broken.toString());
        return trial;
    }
}
