package dev.jlp.builder;

import org.eclipse.jdt.core.compiler.batch.BatchCompiler;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Small sources, compiled into a jar by the compiler of Eclipse. */
final class Ecj {

    private Ecj() {}

    static Path jar(Path jar, String... sources) throws IOException {
        Path folder = Files.createTempDirectory(jar.getParent(), "ecj");
        Path classes = folder.resolve("classes");
        List<String> arguments = new ArrayList<>(
                List.of("--release", "17", "-g", "-nowarn", "-d", classes.toString()));
        for (String source : sources) {
            Path file = folder.resolve(Sources.path(source) + ".java");
            Files.createDirectories(file.getParent());
            arguments.add(Files.writeString(file, source).toString());
        }
        StringWriter talk = new StringWriter();
        PrintWriter said = new PrintWriter(talk);
        if (!BatchCompiler.compile(arguments.toArray(new String[0]), said, said, null)) {
            throw new IllegalArgumentException(talk.toString());
        }
        return Sources.write(jar, classesBelow(classes));
    }

    static Map<String, byte[]> classesBelow(Path folder) throws IOException {
        Map<String, byte[]> classes = new TreeMap<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String name = folder.relativize(file).toString();
                classes.put(name.substring(0, name.length() - 6), Files.readAllBytes(file));
            }
        }
        return classes;
    }
}
