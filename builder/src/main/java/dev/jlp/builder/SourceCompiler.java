package dev.jlp.builder;

import org.jspecify.annotations.Nullable;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.StandardLocation;
import javax.tools.ToolProvider;

/** Compiles sources in memory, always with the same compiler and options. */
final class SourceCompiler {

    /** Class files of Java 1 have version 45. */
    private static final int MAJOR_0 = 44;

    private final JavaCompiler javac;
    private final List<Path> classpath;
    private final List<String> options;

    private SourceCompiler(JavaCompiler javac, List<Path> classpath, List<String> options) {
        this.javac = javac;
        this.classpath = classpath;
        this.options = options;
    }

    /**
     * The compiler of the running JDK.
     *
     * @param release the Java release to compile for
     */
    static SourceCompiler of(int release, boolean parameters, List<Path> classpath)
            throws BuildProblem {
        JavaCompiler javac = ToolProvider.getSystemJavaCompiler();
        if (javac == null) {
            throw new BuildProblem(
                    "sources are compiled by the JDK that runs this command, and this one has no"
                            + " compiler: run it with a JDK");
        }
        List<String> options = new ArrayList<>(List.of(
                "-g",
                "-nowarn",
                "-Xlint:none",
                "-proc:none",
                "-implicit:none",
                "--release",
                String.valueOf(release)));
        if (parameters) {
            options.add("-parameters");
        }
        return new SourceCompiler(javac, classpath, options);
    }

    /** The release to compile for: that of the class files, or the oldest that this JDK can. */
    static int releaseFor(int major) throws BuildProblem {
        int jdk = Runtime.version().feature();
        int release = Math.max(major - MAJOR_0, jdk < 20 ? 7 : 8);
        if (release > jdk) {
            throw new BuildProblem("the original is for Java " + release
                    + ": run this command with a JDK of at least that release, this one is "
                    + jdk);
        }
        return release;
    }

    /** The classes of these files, by internal name. */
    SortedMap<String, byte[]> compile(Map<String, String> files, String what) throws BuildProblem {
        SortedMap<String, ByteArrayOutputStream> made = new TreeMap<>();
        DiagnosticCollector<JavaFileObject> said = new DiagnosticCollector<>();
        List<JavaFileObject> units = new ArrayList<>();
        files.forEach((path, text) -> units.add(new Source(path, text)));
        boolean fine = units.isEmpty();
        if (!fine) {
            try (StandardJavaFileManager standard =
                    javac.getStandardFileManager(said, Locale.ROOT, StandardCharsets.UTF_8)) {
                standard.setLocationFromPaths(StandardLocation.CLASS_PATH, classpath);
                standard.setLocationFromPaths(StandardLocation.SOURCE_PATH, List.of());
                fine = javac.getTask(
                                new StringWriter(),
                                new Memory(standard, made),
                                said,
                                options,
                                null,
                                units)
                        .call();
            } catch (IOException | IllegalArgumentException failed) {
                throw new BuildProblem(what + " can't be compiled: " + failed, failed);
            }
        }
        if (!fine) {
            throw new BuildProblem(what + " do not compile: " + firstError(said)
                    + " (what they need goes into '--classpath')");
        }
        SortedMap<String, byte[]> classes = new TreeMap<>();
        made.forEach((name, bytes) -> classes.put(name.replace('.', '/'), bytes.toByteArray()));
        return classes;
    }

    private static String firstError(DiagnosticCollector<JavaFileObject> said) {
        for (Diagnostic<? extends JavaFileObject> one : said.getDiagnostics()) {
            if (one.getKind() == Diagnostic.Kind.ERROR) {
                JavaFileObject file = one.getSource();
                String place = file == null ? "" : file.getName() + ":" + one.getLineNumber();
                String sentence =
                        one.getMessage(Locale.ROOT).lines().findFirst().orElse("");
                return place.isEmpty() ? sentence : place + ": " + sentence;
            }
        }
        return "the compiler does not say why";
    }

    private static final class Source extends SimpleJavaFileObject {

        private final String text;

        Source(String path, String text) {
            super(URI.create("string:///" + path), Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }

    private static final class Memory extends ForwardingJavaFileManager<JavaFileManager> {

        private final Map<String, ByteArrayOutputStream> made;

        Memory(JavaFileManager standard, Map<String, ByteArrayOutputStream> made) {
            super(standard);
            this.made = made;
        }

        @Override
        public JavaFileObject getJavaFileForOutput(
                Location location,
                String name,
                JavaFileObject.Kind kind,
                @Nullable FileObject sibling) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            made.put(name, bytes);
            return new SimpleJavaFileObject(
                    URI.create("memory:///" + name.replace('.', '/')), kind) {
                @Override
                public ByteArrayOutputStream openOutputStream() {
                    return bytes;
                }
            };
        }
    }
}
