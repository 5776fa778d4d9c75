package dev.jlp.coverage.generator;

import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;

import java.io.IOException;
import java.io.InputStream;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** The jars of a release with what they need, in a loader of their own; no class is initialised. */
final class Release implements AutoCloseable {

    private static final int STRING = 8;
    private static final int TEXT_MAX = 60;

    private final List<Path> jars;
    private final URLClassLoader loader;
    private final Map<String, @Nullable Class<?>> loaded = new TreeMap<>();

    /** The first jars are the release's own, the others are only needed. */
    Release(List<Path> jars, List<Path> needed) throws IOException {
        this.jars = jars;
        this.loader = new URLClassLoader(urls(jars, needed), ClassLoader.getPlatformClassLoader());
    }

    private static URL[] urls(List<Path> jars, List<Path> needed) throws MalformedURLException {
        List<URL> urls = new ArrayList<>();
        for (Path jar : jars) {
            urls.add(jar.toUri().toURL());
        }
        for (Path jar : needed) {
            urls.add(jar.toUri().toURL());
        }
        return urls.toArray(URL[]::new);
    }

    /** Binary names of all classes. */
    SortedSet<String> names() throws IOException {
        SortedSet<String> names = new TreeSet<>();
        for (Path jar : jars) {
            try (ZipFile zip = new ZipFile(jar.toFile())) {
                Enumeration<? extends ZipEntry> entries = zip.entries();
                while (entries.hasMoreElements()) {
                    String name = entries.nextElement().getName();
                    if (isClass(name)) {
                        names.add(name.substring(0, name.length() - 6).replace('/', '.'));
                    }
                }
            }
        }
        return names;
    }

    private static boolean isClass(String name) {
        return name.endsWith(".class")
                && !name.startsWith("META-INF/")
                && !name.endsWith("-info.class");
    }

    /** Nothing if it is not there, or needs what is not there. */
    @Nullable
    Class<?> find(String name) {
        if (!loaded.containsKey(name)) {
            loaded.put(name, load(name));
        }
        return loaded.get(name);
    }

    private @Nullable Class<?> load(String name) {
        try {
            Class<?> type = Class.forName(name, false, loader);
            // All is asked for now, so that nobody fails on it later.
            for (Class<?> each = type; each != null; each = each.getDeclaringClass()) {
                loaded.putIfAbsent(each.getName(), each);
            }
            int members = type.getDeclaredMethods().length
                    + type.getDeclaredConstructors().length
                    + type.getFields().length;
            return members < 0 ? null : type;
        } catch (ClassNotFoundException | LinkageError absent) {
            return null;
        }
    }

    /** Short strings that the code of these classes holds. */
    List<String> texts(Collection<String> names) throws IOException {
        SortedSet<String> texts = new TreeSet<>();
        for (String name : names) {
            try (InputStream in = loader.getResourceAsStream(name.replace('.', '/') + ".class")) {
                if (in != null) {
                    texts.addAll(texts(new ClassReader(in)));
                }
            }
        }
        return List.copyOf(texts);
    }

    private static List<String> texts(ClassReader reader) {
        List<String> texts = new ArrayList<>();
        char[] buffer = new char[reader.getMaxStringLength()];
        for (int i = 1; i < reader.getItemCount(); i++) {
            int offset = reader.getItem(i);
            if (offset != 0 && reader.readByte(offset - 1) == STRING) {
                String text = reader.readUTF8(offset, buffer);
                if (text != null && text.length() <= TEXT_MAX) {
                    texts.add(text);
                }
            }
        }
        return texts;
    }

    @Override
    public void close() throws IOException {
        loader.close();
    }
}
