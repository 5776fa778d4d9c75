package dev.jlp.coverage.generator;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

import javax.tools.ToolProvider;

/** A small library of one source, compiled into a jar. */
final class TwoReleases {

    private TwoReleases() {}

    static Path jar(Path folder, String release, String source) throws IOException {
        Path work = Files.createDirectories(folder.resolve(release));
        Path file = Files.writeString(work.resolve("Tea.java"), source);
        int exit = ToolProvider.getSystemJavaCompiler()
                .run(
                        null,
                        OutputStream.nullOutputStream(),
                        null,
                        "-d",
                        work.toString(),
                        file.toString());
        if (exit != 0) {
            throw new IOException("the source of " + release + " does not compile");
        }
        Path jar = folder.resolve(release + ".jar");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar));
                Stream<Path> all = Files.walk(work)) {
            List<Path> classes = all.filter(each -> each.toString().endsWith(".class"))
                    .sorted()
                    .toList();
            for (Path each : classes) {
                out.putNextEntry(new JarEntry(work.relativize(each).toString()));
                Files.copy(each, out);
                out.closeEntry();
            }
        }
        return jar;
    }
}
