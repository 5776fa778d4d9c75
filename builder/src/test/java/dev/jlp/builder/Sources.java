package dev.jlp.builder;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Small sources, compiled into a jar. */
final class Sources {

    private Sources() {}

    /** A jar with the classes of these sources, each beginning with a top-level type. */
    static Path jar(Path jar, List<String> options, String... sources) {
        try {
            return write(jar, compile(options, sources));
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /** A jar with these class files, by their dotted names. */
    static Path write(Path jar, Map<String, byte[]> classes) {
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(jar))) {
            for (Map.Entry<String, byte[]> type : classes.entrySet()) {
                ZipEntry entry = new ZipEntry(type.getKey().replace('.', '/') + ".class");
                entry.setTime(0); // so that the same sources give the same jar
                zip.putNextEntry(entry);
                zip.write(type.getValue());
                zip.closeEntry();
            }
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
        return jar;
    }

    private static Map<String, byte[]> compile(List<String> options, String... sources)
            throws IOException {
        JavaCompiler javac = ToolProvider.getSystemJavaCompiler();
        Map<String, ByteArrayOutputStream> made = new TreeMap<>();
        List<JavaFileObject> files = new ArrayList<>();
        for (String source : sources) {
            files.add(new Source(source));
        }
        StringWriter talk = new StringWriter();
        try (StandardJavaFileManager standard =
                javac.getStandardFileManager(null, Locale.ROOT, null)) {
            boolean fine = javac.getTask(
                            talk, new Memory(standard, made), null, options, null, files)
                    .call();
            if (!fine) {
                throw new IllegalArgumentException(talk.toString());
            }
        }
        Map<String, byte[]> classes = new TreeMap<>();
        made.forEach((name, bytes) -> classes.put(name, bytes.toByteArray()));
        return classes;
    }

    /** Where a source belongs, by its package and first type. */
    static String path(String text) {
        if (text.startsWith("module ")) {
            return "module-info";
        }
        String name =
                text.replaceFirst("(?s).*?\\b(?:class|interface|enum|record)\\s+(\\w+).*", "$1");
        return text.stripLeading().startsWith("package p;") ? "p/" + name : name;
    }

    private static final class Source extends SimpleJavaFileObject {

        private final String text;

        Source(String text) {
            super(URI.create("string:///" + path(text) + ".java"), Kind.SOURCE);
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
                Location location, String name, JavaFileObject.Kind kind, FileObject sibling) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            made.put(name, bytes);
            return new SimpleJavaFileObject(URI.create("memory:///" + name), kind) {
                @Override
                public ByteArrayOutputStream openOutputStream() {
                    return bytes;
                }
            };
        }
    }
}
