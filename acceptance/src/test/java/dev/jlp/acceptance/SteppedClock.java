package dev.jlp.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;

/**
 * The time of day of some processes, which a test sets back and forth. What they read is what is stepped; a wait
 * of theirs until a time of day would still be the machine's.
 */
final class SteppedClock {

    private final Path library = Native.compile("stepped-clock.c", "-shared", "-fPIC");
    private final Path offset = Workplace.fresh().resolve("offset");

    SteppedClock() {
        set(Duration.ZERO);
    }

    /** Words before a command that is to have this clock. */
    String[] launcher() {
        return new String[] {"env", "LD_PRELOAD=" + library, "JLP_CLOCK=" + offset};
    }

    /** The same for one of the shipped command. */
    List<String> under(List<String> command) {
        List<String> all = new java.util.ArrayList<>(List.of(launcher()));
        all.addAll(command);
        return all;
    }

    /** Sets the clock so far from the machine's, and sees that a JVM which has it notices. */
    void step(TargetJvm jvm, Duration away) {
        long before = Long.parseLong(jvm.ask("clock"));
        Duration far = Duration.ofMillis(System.currentTimeMillis() + away.toMillis() - before);
        set(away);
        long moved = Long.parseLong(jvm.ask("clock")) - before;
        assertThat(Duration.ofMillis(moved)).isCloseTo(far, Duration.ofMinutes(5));
        assertThat(Math.abs(moved)).isGreaterThan(Duration.ofHours(1).toMillis());
    }

    private void set(Duration away) {
        ByteBuffer seconds = ByteBuffer.allocate(Long.BYTES)
                .order(ByteOrder.nativeOrder())
                .putLong(away.toSeconds())
                .flip();
        try (FileChannel file =
                FileChannel.open(offset, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            file.write(seconds, 0);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
