package dev.jlp.benchmarks.program;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InputStream;
import java.lang.instrument.ClassDefinition;
import java.lang.instrument.Instrumentation;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;

/** The smallest agent: one redefinition of all classes of a jar, which is what a patch is measured by. */
public final class Plain {

    private static volatile @Nullable Instrumentation instrumentation;

    private Plain() {}

    public static void premain(String options, Instrumentation given) {
        instrumentation = given;
    }

    /** What the JVM gave the agent. */
    public static Instrumentation instrumentation() {
        Instrumentation known = instrumentation;
        if (known == null) {
            throw new IllegalStateException("not started as an agent");
        }
        return known;
    }

    /** The time that it took, in nanoseconds. */
    public static String redefine(String jar) throws IOException, ReflectiveOperationException {
        List<ClassDefinition> definitions = new ArrayList<>();
        try (JarFile file = new JarFile(jar)) {
            for (JarEntry entry : Collections.list(file.entries())) {
                if (!entry.getName().endsWith(".class")) {
                    continue;
                }
                String name = entry.getName().replace(".class", "").replace('/', '.');
                try (InputStream in = file.getInputStream(entry)) {
                    definitions.add(new ClassDefinition(Class.forName(name), in.readAllBytes()));
                }
            }
        }
        long start = System.nanoTime();
        try {
            instrumentation().redefineClasses(definitions.toArray(ClassDefinition[]::new));
        } catch (java.lang.instrument.UnmodifiableClassException refused) {
            throw new IllegalStateException(refused);
        }
        return Long.toString(System.nanoTime() - start);
    }
}
