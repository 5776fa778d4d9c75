package dev.jlp.coverage;

import com.grack.nanojson.JsonObject;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** One pair on one JDK: the hole shown, the patch loaded and taken back, in a JVM of its own each. */
final class Live {

    /**
     * Long enough for every thread that ever leaves the code it is in. Where the hole is that an answer takes
     * minutes, the demonstration leaves such a thread behind, and a transition rightly waits for it.
     */
    private static final String WAIT = "600s";

    private final Pair pair;
    private final Jdk jdk;
    private final List<String> flags;
    private final Path logs;
    private final Demos demos;
    private final Path classes;

    Live(Pair pair, Jdk jdk, List<String> flags, Demos demos) throws IOException {
        this.pair = pair;
        this.jdk = jdk;
        this.flags = flags;
        this.demos = demos;
        this.logs = Files.createDirectories(Shipped.work().resolve("logs"));
        this.classes = demos.compile(pair);
    }

    /** With the shipped agent and command. */
    JsonObject patched(Path patch) throws IOException, InterruptedException {
        String sort = String.valueOf(patch.getFileName());
        JsonObject trial = new JsonObject();
        try (DemoJvm jvm = start("-javaagent:" + Shipped.agent(), sort)) {
            trial.put("before", jvm.run());
            JsonObject load = Jlp.run(
                    "load",
                    "--keep-waiting",
                    "--wait",
                    WAIT,
                    "--require-target",
                    jvm.pid(),
                    patch.toString());
            trial.put("load", load);
            trial.put("after", jvm.run());
            boolean moving = load.getString("state", "").equals("transition");
            if (load.getInt("exit") == 0 || moving) {
                trial.put("undo", undo(jvm, moving, patch));
                trial.put("again", jvm.run());
            }
        }
        return trial;
    }

    private static JsonObject undo(DemoJvm jvm, boolean moving, Path patch) throws IOException {
        String name = String.valueOf(patch.getFileName()).replaceFirst("\\.jlp$", "");
        return moving
                ? Jlp.run("reverse", "--keep-waiting", "--wait", WAIT, jvm.pid())
                : Jlp.run("disable", "--keep-waiting", "--wait", WAIT, jvm.pid(), name);
    }

    /** With what the JVM has. */
    JsonObject stock(String sort, List<String> names) throws IOException, InterruptedException {
        Path list = logs.resolve(pair.id() + "-" + sort + ".txt");
        Files.write(list, names);
        JsonObject trial = new JsonObject();
        try (DemoJvm jvm = start("-javaagent:" + demos.program(), "stock-" + sort)) {
            trial.put("before", jvm.run());
            String answer = jvm.ask("redefine " + Repository.jar(pair.repaired()) + " " + list);
            trial.put("redefine", answer);
            if (!answer.startsWith("ERROR")) {
                trial.put("after", jvm.run());
            }
        }
        return trial;
    }

    private DemoJvm start(String agent, String sort) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(jdk.java().toString(), agent));
        command.addAll(flags);
        Collections.addAll(command, "-XX:+UseSerialGC", "-Xshare:auto", "-cp");
        command.add(String.join(
                File.pathSeparator,
                classes.toString(),
                Repository.path(pair.vulnerablePath()),
                demos.program().toString()));
        Collections.addAll(command, "dev.jlp.coverage.program.DemoProgram", pair.demo());
        return new DemoJvm(command, logs, pair.id() + "-" + jdk.feature() + "-" + sort + ".log");
    }
}
