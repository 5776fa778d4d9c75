package dev.jlp.acceptance;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What Java can't do to a process: small C programs among the resources, compiled by this machine's compiler. */
final class Native {

    private Native() {}

    /** Compiles a resource; without a compiler the test is skipped. */
    static Path compile(String source, String... options) {
        Optional<String> compiler =
                Stream.of("cc", "gcc").filter(Native::hasTool).findFirst();
        assumeTrue(compiler.isPresent(), "there is no C compiler for '" + source + "'");
        Path made = Workplace.fresh().resolve(source.replace(".c", ""));
        List<String> command = new ArrayList<>(List.of(compiler.orElseThrow(), "-Wall", "-Werror"));
        Collections.addAll(command, options);
        command.addAll(List.of("-o", made.toString(), resource(source).toString(), "-ldl"));
        Exec.run(command).mustSucceed();
        return made;
    }

    static boolean hasTool(String name) {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(":", -1))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, name)));
    }

    private static Path resource(String name) {
        try {
            return Path.of(Native.class.getResource("/" + name).toURI());
        } catch (java.net.URISyntaxException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
