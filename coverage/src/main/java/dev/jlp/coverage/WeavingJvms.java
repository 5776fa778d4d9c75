package dev.jlp.coverage;

import dev.jlp.coverage.weaving.Counts;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** Starts JVMs in which everything is woven, with the shipped agent's bridge and the shipped weaver. */
final class WeavingJvms {

    private static final Duration LONGEST = Duration.ofMinutes(30);
    private static final String PACKAGE = "dev.jlp.coverage.weaving.";
    private static final String SHIPPED = "META-INF/jlp/runtime/";

    private final Jdk jdk;
    private final Path folder;
    private final Path weaving;

    /** @param folder everything that is left behind goes there */
    WeavingJvms(Jdk jdk, Path folder) throws IOException {
        this.jdk = jdk;
        this.folder = Files.createDirectories(folder);
        this.weaving = folder.resolve("weaving.jar");
        writeAgent(weaving);
    }

    /** The options that arm all classes of some jars while they are loaded. */
    List<String> armed(String side, Path log, List<String> jars) {
        List<String> words = new ArrayList<>(List.of("library", side, log.toString()));
        jars.forEach(each -> words.add(Repository.jar(each).toString()));
        return List.of("-javaagent:" + weaving + "=" + String.join(",", words));
    }

    /** Has the verifier look at every class of the JDK, or of some jars of a class path. */
    Counts verify(String name, List<String> classPath, List<String> jars)
            throws IOException, InterruptedException {
        Path file = folder.resolve(name + ".txt");
        List<String> command = java();
        // The verifier leaves the boot loader's classes alone, and those of the JDK, without this.
        Collections.addAll(
                command,
                "-XX:+UnlockDiagnosticVMOptions",
                "-XX:+BytecodeVerificationLocal",
                "--add-opens",
                "java.base/java.lang.invoke=ALL-UNNAMED",
                "-javaagent:" + Shipped.agent(),
                "-javaagent:" + weaving + "=verify",
                "-cp",
                Repository.path(classPath) + File.pathSeparator + weaving,
                PACKAGE + "VerifyProgram",
                file.toString());
        jars.forEach(each -> command.add(Repository.jar(each).toString()));
        run(command);
        return Counts.read(file);
    }

    /** What the fixed work prints in an unwoven JDK. */
    List<String> work(String name) throws IOException, InterruptedException {
        return work(name, List.of());
    }

    /** The same in a JDK that is armed before; what was armed is added to the counts. */
    List<String> armedWork(String name, String side, Counts counts)
            throws IOException, InterruptedException {
        Path file = folder.resolve(name + ".txt");
        List<String> said = work(
                name,
                List.of(
                        "-javaagent:" + Shipped.agent(),
                        "-javaagent:" + weaving + "=jdk," + side + "," + file));
        counts.addAll(Counts.read(file));
        return said;
    }

    private List<String> work(String name, List<String> options)
            throws IOException, InterruptedException {
        Path empty = folder.resolve(name + "-folder");
        Emptied.folder(empty);
        List<String> command = java();
        command.addAll(options);
        Collections.addAll(
                command, "-cp", weaving.toString(), PACKAGE + "JdkWork", empty.toString());
        return run(command)
                .lines()
                .map(line -> line.replace(empty.toString(), ""))
                .toList();
    }

    private List<String> java() {
        return new ArrayList<>(List.of(
                jdk.java().toString(),
                "-Xmx3g",
                "-XX:+UseSerialGC",
                "--add-modules",
                "ALL-SYSTEM"));
    }

    private static String run(List<String> command) throws IOException {
        Finished finished = Finished.run(command, LONGEST);
        if (finished.exit() != 0) {
            throw new IOException("'" + command.get(0) + "' ended with " + finished.exit() + ": "
                    + finished.out() + finished.err());
        }
        return finished.out();
    }

    /** This room's classes for such JVMs, and what the shipped agent keeps for itself. */
    private static void writeAgent(Path jar) throws IOException {
        Manifest manifest = new Manifest();
        Attributes main = manifest.getMainAttributes();
        main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        main.putValue("Premain-Class", PACKAGE + "WeavingAgent");
        main.putValue("Can-Redefine-Classes", "true");
        Path classes = Shipped.work().resolve("classes");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest);
                ZipFile agent = new JarFile(Shipped.agent().toFile());
                var own = Files.list(classes.resolve(PACKAGE.replace('.', '/')))) {
            for (Path file : own.sorted().toList()) {
                out.putNextEntry(new ZipEntry(classes.relativize(file).toString()));
                Files.copy(file, out);
            }
            for (ZipEntry entry : Collections.list(agent.entries())) {
                if (entry.getName().startsWith(SHIPPED) && entry.getName().endsWith(".class")) {
                    out.putNextEntry(new ZipEntry(entry.getName().substring(SHIPPED.length())));
                    agent.getInputStream(entry).transferTo(out);
                }
            }
        }
    }
}
