package dev.jlp.acceptance.programs;

import java.io.IOException;
import java.io.InputStream;
import java.lang.instrument.ClassDefinition;
import java.lang.instrument.UnmodifiableClassException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;

/** The control of the experiment: all classes to the other version, in one plain redefinition. */
final class PlainRedefinition {

    private final List<? extends ClassLoader> loaders;
    private List<Path> next;
    private List<Path> last;

    PlainRedefinition(List<? extends ClassLoader> loaders, List<Path> next, List<Path> last) {
        this.loaders = loaders;
        this.next = next;
        this.last = last;
    }

    String redefine() throws IOException, ClassNotFoundException, UnmodifiableClassException {
        List<ClassDefinition> definitions = new ArrayList<>();
        for (Class<?> loaded : TestAgent.instrumentation().getAllLoadedClasses()) {
            if (loaded.getClassLoader() != null
                    && loaders.contains(loaded.getClassLoader())
                    && !loaded.isArray()
                    && !loaded.isHidden()) {
                definitions.add(new ClassDefinition(loaded, bytes(loaded)));
            }
        }
        TestAgent.instrumentation().redefineClasses(definitions.toArray(ClassDefinition[]::new));
        List<Path> turn = next;
        next = last;
        last = turn;
        return "redefined " + definitions.size();
    }

    private byte[] bytes(Class<?> loaded) throws IOException {
        String entry = loaded.getName().replace('.', '/') + ".class";
        for (Path jar : next) {
            try (JarFile file = new JarFile(jar.toFile())) {
                JarEntry found = file.getJarEntry(entry);
                if (found != null) {
                    try (InputStream in = file.getInputStream(found)) {
                        return in.readAllBytes();
                    }
                }
            }
        }
        throw new IOException("no " + entry);
    }
}
