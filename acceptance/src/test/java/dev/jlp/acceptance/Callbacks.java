package dev.jlp.acceptance;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The callbacks of the corpus, for {@code --classpath}. */
final class Callbacks {

    private static final Map<Jdk, Path> JARS = new ConcurrentHashMap<>();

    private Callbacks() {}

    /** A jar with all of them, compiled once by each JDK's own compiler. */
    static Path jar(Jdk jdk) {
        return JARS.computeIfAbsent(jdk, Callbacks::compile);
    }

    private static Path compile(Jdk jdk) {
        Sources module = Sources.ofCorpus("scenario").replace("LIBRARY", "mod");
        Path mod = module.compile(jdk, Workplace.fresh().resolve("mod.jar"), List.of(), List.of());
        return Sources.ofCorpus("callbacks")
                .compile(
                        jdk,
                        Workplace.fresh().resolve("callbacks.jar"),
                        List.of(Shipped.api(), mod),
                        List.of());
    }
}
