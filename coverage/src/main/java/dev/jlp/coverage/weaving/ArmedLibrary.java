package dev.jlp.coverage.weaving;

import dev.jlp.weaver.WeavingProblem;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.lang.instrument.ClassFileTransformer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.security.ProtectionDomain;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Arms every class of some jars before it is defined, and writes down a line for each. */
final class ArmedLibrary implements ClassFileTransformer {

    private final Set<String> places = new HashSet<>();
    private final Writer lines;

    ArmedLibrary(List<Path> jars, Path file) throws IOException {
        for (Path jar : jars) {
            places.add(jar.toUri().toURL().toString());
        }
        lines = Files.newBufferedWriter(file);
    }

    @Override
    public byte @Nullable [] transform(
            @Nullable ClassLoader loader,
            @Nullable String className,
            @Nullable Class<?> redefined,
            @Nullable ProtectionDomain domain,
            byte[] classFile) {
        CodeSource source = domain == null ? null : domain.getCodeSource();
        if (source == null
                || source.getLocation() == null
                || !places.contains(source.getLocation().toString())) {
            return null;
        }
        // The JVM would swallow it.
        try {
            EveryMethod armed = EveryMethod.armedAlone(classFile, method -> true);
            write("armed\t" + className + "\t" + armed.woven() + "\t"
                    + armed.refused().size());
            return armed.classFile();
        } catch (WeavingProblem | RuntimeException | LinkageError broken) {
            write("failed\t" + className + "\t" + broken);
            return null;
        }
    }

    /** A line is on disk before the library may end the JVM. */
    private synchronized void write(String line) {
        try {
            lines.write(line + "\n");
            lines.flush();
        } catch (IOException full) {
            throw new UncheckedIOException(full);
        }
    }
}
