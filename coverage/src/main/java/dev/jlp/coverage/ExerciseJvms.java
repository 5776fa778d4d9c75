package dev.jlp.coverage;

import dev.jlp.coverage.exercise.ResultFile;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;

/** Starts JVMs that make the calls of a plan; each lives in an empty folder and knows no other machine. */
final class ExerciseJvms {

    /** A phase of many calls. */
    private static final Duration PHASE_MAX = Duration.ofMinutes(10);

    /** Makes the calls of a plan: its file, and the milliseconds that a call may take. */
    static final String CALLS = "dev.jlp.coverage.exercise.ExerciseProgram";

    /** Runs tests: the jar that has them. */
    static final String TESTS = "dev.jlp.coverage.exercise.TestsProgram";

    private final Jdk jdk;
    private final List<String> flags;
    private final Path folder;
    private final Path program;

    /** @param folder everything that is left behind goes there */
    ExerciseJvms(Jdk jdk, List<String> flags, Path folder) throws IOException {
        this.jdk = jdk;
        this.flags = flags;
        this.folder = Files.createDirectories(folder);
        this.program = writeProgram(folder.resolve("exercise-program.jar"));
        Files.writeString(folder.resolve("hosts"), "127.0.0.1 localhost\n");
    }

    /** One JVM and where its results are. */
    record Running(DemoJvm jvm, Path results) implements AutoCloseable {

        /** Has it do something. */
        void ask(String command) throws IOException, InterruptedException {
            String answer = jvm.ask(command);
            if (answer.startsWith("ERROR")) {
                throw new IOException("'" + command + "': " + answer.substring(6));
            }
        }

        void run(Phase phase) throws IOException, InterruptedException {
            ask("run " + results.resolve(phase.file()));
        }

        void keep(Phase phase) throws IOException, InterruptedException {
            ask("keep " + phase);
        }

        void use(Phase phase) throws IOException, InterruptedException {
            ask("use " + phase + " " + results.resolve(phase.file()));
        }

        Comparison.Said said() throws IOException {
            Map<Phase, Map<Integer, String>> texts = new EnumMap<>(Phase.class);
            for (Phase phase : Phase.values()) {
                Path file = results.resolve(phase.file());
                if (Files.exists(file)) {
                    texts.put(phase, ResultFile.read(file));
                }
            }
            return new Comparison.Said(texts);
        }

        @Override
        public void close() {
            jvm.close();
        }
    }

    /**
     * Starts one.
     *
     * @param role the name of its folder
     * @param agent a JVM option, or empty
     * @param main what runs in it
     * @param arguments of the program
     */
    Running start(
            String role, String agent, List<String> classPath, String main, String... arguments)
            throws IOException, InterruptedException {
        Path results = Files.createDirectories(folder.resolve(role));
        Path home = Files.createDirectories(results.resolve("home"));
        List<String> command = new ArrayList<>(List.of(jdk.java().toString()));
        if (!agent.isEmpty()) {
            command.add(agent);
        }
        command.addAll(flags);
        Collections.addAll(
                command,
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UnlockExperimentalVMOptions",
                "-XX:hashCode=2", // all objects have the same identity hash, so no text or order
                // depends on it
                "-XX:-OmitStackTraceInFastThrow",
                "-XX:-ShowCodeDetailsInExceptionMessages",
                "-Djava.awt.headless=true",
                "-Duser.language=en",
                "-Duser.country=US",
                "-Duser.timezone=UTC",
                "-Djava.io.tmpdir=" + home,
                "-Djdk.net.hosts.file=" + folder.resolve("hosts"),
                "-cp",
                Repository.path(classPath) + File.pathSeparator + program,
                main);
        Collections.addAll(command, arguments);
        return new Running(new DemoJvm(command, home, "../log.txt", PHASE_MAX), results);
    }

    private static Path writeProgram(Path jar) throws IOException {
        Path classes = Shipped.work().resolve("classes");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar));
                var all = Files.list(classes.resolve("dev/jlp/coverage/exercise"))) {
            for (Path file : all.sorted().toList()) {
                out.putNextEntry(new JarEntry(classes.relativize(file).toString()));
                Files.copy(file, out);
                out.closeEntry();
            }
        }
        return jar;
    }
}
