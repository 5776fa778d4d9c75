package dev.jlp.coverage.program;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InputStream;
import java.lang.instrument.ClassDefinition;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;

/** What the JVM can do by itself: the fixed release's classes, in one plain redefinition. */
public final class StockAgent {

    // Set once before main; an agent is handed its only means in no other way.
    private static volatile @Nullable Instrumentation given;

    private StockAgent() {}

    /** Called by the JVM. */
    public static void premain(String arguments, Instrumentation instrumentation) {
        given = instrumentation;
    }

    /**
     * Gives classes the bytes of another release, all or none.
     *
     * @param jar the other release; the classes that are new in it are found there from now on
     * @param list a file with a binary name on each line
     */
    static String redefine(String jar, String list)
            throws IOException, UnmodifiableClassException, ClassNotFoundException {
        Instrumentation instrumentation = given;
        if (instrumentation == null) {
            throw new IllegalStateException("the program is not its own agent");
        }
        int absent = 0;
        List<ClassDefinition> definitions = new ArrayList<>();
        try (JarFile release = new JarFile(jar)) {
            instrumentation.appendToSystemClassLoaderSearch(release);
            for (String name : Files.readAllLines(Path.of(list))) {
                Class<?> type = load(name);
                if (type == null) {
                    absent++;
                } else {
                    definitions.add(new ClassDefinition(type, bytes(release, name)));
                }
            }
            instrumentation.redefineClasses(definitions.toArray(ClassDefinition[]::new));
        }
        return definitions.size() + " classes redefined, " + absent + " could not be loaded";
    }

    /** Null for one whose supertypes are in a jar that is not there. */
    private static @Nullable Class<?> load(String name) {
        try {
            return Class.forName(name, false, ClassLoader.getSystemClassLoader());
        } catch (ClassNotFoundException | LinkageError absent) {
            return null;
        }
    }

    private static byte[] bytes(JarFile release, String name) throws IOException {
        JarEntry entry = release.getJarEntry(name.replace('.', '/') + ".class");
        if (entry == null) {
            throw new IOException("no class '" + name + "'");
        }
        try (InputStream in = release.getInputStream(entry)) {
            return in.readAllBytes();
        }
    }
}
