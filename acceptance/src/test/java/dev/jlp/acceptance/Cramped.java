package dev.jlp.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Takes and gives back the room for threads' stacks, by a limit of the address space that binds root too. What is
 * left is less than one stack and enough for everything else.
 */
final class Cramped {

    /** For the JVM: each thread takes more than what is left. */
    static final String[] OPTIONS = {"-Xmx64m", "-Xss64m", "-XX:TieredStopAtLevel=1"};

    private static final long LEFT_BYTES = 48L << 20;

    private final TargetJvm jvm;

    private Cramped(TargetJvm jvm) {
        this.jvm = jvm;
    }

    /** From now on, until {@link #relieve}, the JVM gives no more threads. */
    static Cramped now(TargetJvm jvm) {
        assumeTrue(Native.hasTool("prlimit"), "there is no 'prlimit' to take the room with");
        Cramped cramped = new Cramped(jvm);
        cramped.limit(Long.toString(sizeBytes(jvm) + LEFT_BYTES));
        cramped.verify();
        return cramped;
    }

    /** Takes whatever stacks have become free, too. */
    void verify() {
        assertThat(jvm.ask("exhaust threads")).contains("unable to create native thread");
    }

    void relieve() {
        limit("unlimited");
        jvm.ask("relieve");
    }

    private void limit(String bytes) {
        Exec.run(List.of("prlimit", "--pid", jvm.pid(), "--as=" + bytes + ":unlimited"))
                .mustSucceed();
    }

    private static long sizeBytes(TargetJvm jvm) {
        try (Stream<String> status = Files.lines(Path.of("/proc", jvm.pid(), "status"))) {
            return status.filter(line -> line.startsWith("VmSize:"))
                    .mapToLong(line -> 1024 * Long.parseLong(line.replaceAll("\\D", "")))
                    .findFirst()
                    .orElseThrow();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
