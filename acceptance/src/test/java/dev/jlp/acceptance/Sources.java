package dev.jlp.acceptance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** Java sources by their path ({@code lib/Greeter.java}); a value, compiled with a JDK's own javac. */
record Sources(Map<String, String> files) {

    static Sources of(String path, String text) {
        return new Sources(Map.of(path, text));
    }

    /** The folder {@code corpus/NAME} of the test resources. */
    static Sources ofCorpus(String name) {
        URL folder = Sources.class.getResource("/corpus/" + name);
        if (folder == null) {
            throw new IllegalArgumentException("no corpus '" + name + "'");
        }
        try {
            Map<String, String> files = new TreeMap<>();
            Jars.filesBelow(Path.of(folder.toURI()))
                    .forEach((path, bytes) ->
                            files.put(path, new String(bytes, StandardCharsets.UTF_8)));
            return new Sources(files);
        } catch (URISyntaxException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    Sources map(UnaryOperator<String> edit) {
        Map<String, String> edited = new TreeMap<>();
        files.forEach((path, text) -> edited.put(path, edit.apply(text)));
        return new Sources(edited);
    }

    Sources replace(String token, String text) {
        return map(source -> source.replace(token, text));
    }

    Sources and(String path, String text) {
        Map<String, String> more = new TreeMap<>(files);
        more.put(path, text);
        return new Sources(more);
    }

    /** Compiles into the jar {@code jar} by another compiler, which takes {@code -d} and the files behind it. */
    Path compile(Path jar, List<String> compiler) {
        Path sources = Workplace.fresh();
        Path classes = Workplace.fresh();
        List<String> command = new ArrayList<>(compiler);
        Collections.addAll(command, "-d", classes.toString());
        files.forEach(
                (path, text) -> command.add(write(sources.resolve(path), text).toString()));
        Exec.run(command).mustSucceed();
        return Jars.write(jar, Jars.filesBelow(classes));
    }

    /** Compiles into the jar {@code jar}; {@code classPath} and the programs' own jar are visible. */
    Path compile(Jdk jdk, Path jar, List<Path> classPath, List<String> options) {
        Path sources = Workplace.fresh();
        Path classes = Workplace.fresh();
        List<String> command = new ArrayList<>();
        command.add(jdk.tool("javac").toString());
        Collections.addAll(command, "-g", "-Xlint:none", "-d", classes.toString(), "-cp");
        List<String> visible = new ArrayList<>(List.of(Jars.ofPrograms().toString()));
        classPath.forEach(path -> visible.add(path.toString()));
        command.add(String.join(java.io.File.pathSeparator, visible));
        command.addAll(options);
        files.forEach(
                (path, text) -> command.add(write(sources.resolve(path), text).toString()));
        Exec.run(command).mustSucceed();
        return Jars.write(jar, Jars.filesBelow(classes));
    }

    private static Path write(Path file, String text) {
        try {
            Files.createDirectories(file.getParent());
            return Files.writeString(file, text);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
