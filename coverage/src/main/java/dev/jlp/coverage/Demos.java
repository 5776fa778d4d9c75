package dev.jlp.coverage;

import java.io.IOException;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Makes the demonstrations runnable: each is compiled against its own release. */
final class Demos {

    private static final String PROGRAM = "dev/jlp/coverage/program/";

    private final Path work;
    private final Path program;

    Demos(Path work) throws IOException {
        this.work = work;
        this.program = writeProgram(work.resolve("demo-program.jar"));
    }

    /** The program around the demonstrations; its manifest names the stock agent, too. */
    Path program() {
        return program;
    }

    /** The folder with the classes of a pair's demonstration. */
    Path compile(Pair pair) throws IOException {
        Path classes = Files.createDirectories(work.resolve("demos").resolve(pair.id()));
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        Writer talk = new StringWriter();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            boolean done = compiler.getTask(
                            talk,
                            files,
                            null,
                            List.of(
                                    "--release",
                                    "17",
                                    "-nowarn",
                                    "-proc:none",
                                    "-cp",
                                    Repository.path(pair.vulnerablePath()),
                                    "-d",
                                    classes.toString()),
                            null,
                            files.getJavaFileObjects(source(pair.demo()), source("H")))
                    .call();
            if (!done) {
                throw new IOException("compiling '" + pair.demo() + "': " + talk);
            }
        }
        return classes;
    }

    static Path source(String demo) {
        return Shipped.demos().resolve(demo + ".java");
    }

    private static Path writeProgram(Path jar) throws IOException {
        Manifest manifest = new Manifest();
        Attributes attributes = manifest.getMainAttributes();
        attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        attributes.putValue("Premain-Class", "dev.jlp.coverage.program.StockAgent");
        attributes.putValue("Can-Redefine-Classes", "true");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
            for (String name : List.of("DemoProgram.class", "StockAgent.class")) {
                out.putNextEntry(new JarEntry(PROGRAM + name));
                Files.copy(work(PROGRAM + name), out);
                out.closeEntry();
            }
        }
        return jar;
    }

    private static Path work(String entry) {
        return Shipped.work().resolve("classes").resolve(entry);
    }
}
