package dev.jlp.coverage.weaving;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URL;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * A class of this JVM and its class file.
 *
 * @param type loaded, not initialised
 * @param classFile as it was found where the class is from
 */
@SuppressWarnings("ArrayRecordComponent") // a class file; compared by nobody
record Found(Class<?> type, byte[] classFile) {

    private static final String SUFFIX = ".class";

    /** Hands over every class of this JVM's JDK that can be loaded, one by one. */
    static void ofJdk(Counts counts, Consumer<Found> taker) throws IOException {
        FileSystem image = FileSystems.getFileSystem(URI.create("jrt:/"));
        List<Path> files;
        try (Stream<Path> all = Files.walk(image.getPath("/modules"))) {
            files = all.filter(file -> isClass(file.toString())).toList();
        }
        for (Path file : files) {
            Optional<Module> module =
                    ModuleLayer.boot().findModule(file.getName(1).toString());
            String name = binaryName(file.subpath(2, file.getNameCount()).toString());
            if (module.isEmpty()) {
                counts.add("not loaded: its module is not there", 1);
                continue;
            }
            load(counts, () -> Class.forName(module.get(), name))
                    .map(type -> new Found(type, bytes(file)))
                    .ifPresent(taker);
        }
    }

    /** Hands over every class of jars of the class path that can be loaded from them, one by one. */
    static void ofJars(List<Path> jars, Counts counts, Consumer<Found> taker) throws IOException {
        ClassLoader loader = ClassLoader.getSystemClassLoader();
        for (Path jar : jars) {
            List<String> names = new ArrayList<>();
            try (ZipFile zip = new ZipFile(jar.toFile())) {
                for (ZipEntry entry : Collections.list(zip.entries())) {
                    if (isClass(entry.getName()) && !entry.getName().startsWith("META-INF/")) {
                        names.add(entry.getName());
                    }
                }
            }
            for (String name : names) {
                URL place = loader.getResource(name);
                if (place == null || !place.toString().contains(jar.toUri().toURL() + "!")) {
                    counts.add("not loaded: another jar or the JDK has a class of that name", 1);
                    continue;
                }
                load(counts, () -> Class.forName(binaryName(name), false, loader))
                        .map(type -> new Found(type, bytes(place)))
                        .ifPresent(taker);
            }
        }
    }

    private static boolean isClass(String file) {
        return file.endsWith(SUFFIX) && !file.endsWith("module-info.class");
    }

    private static String binaryName(String file) {
        return file.substring(0, file.length() - SUFFIX.length()).replace('/', '.');
    }

    /** Something that may find a class. */
    private interface Search {
        @Nullable
        Class<?> find() throws ClassNotFoundException;
    }

    private static Optional<Class<?>> load(Counts counts, Search search) {
        try {
            Class<?> type = search.find();
            if (type == null) {
                counts.add("not loaded: not found", 1);
            }
            return Optional.ofNullable(type);
        } catch (ClassNotFoundException | LinkageError missing) {
            counts.say("not loaded: " + missing.getClass().getSimpleName(), missing.toString());
            return Optional.empty();
        }
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException broken) {
            throw new IllegalStateException("reading '" + file + "'", broken);
        }
    }

    private static byte[] bytes(URL place) {
        try (InputStream in = place.openStream()) {
            return in.readAllBytes();
        } catch (IOException broken) {
            throw new IllegalStateException("reading '" + place + "'", broken);
        }
    }
}
