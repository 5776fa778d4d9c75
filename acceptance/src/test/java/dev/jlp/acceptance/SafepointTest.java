package dev.jlp.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.function.Predicate;

/** How often the JVM is stopped, as its own log says it. */
@OnEveryJdk
final class SafepointTest {

    private static final String REDEFINITION = "\"RedefineClasses\"";
    private static final String STACKS = "\"ThreadDump\"";

    private static final int THREADS = 600;
    private static final int BATCH_MAX = 256;

    private final Shop shop;

    SafepointTest(Jdk jdk) {
        shop = Shop.on(jdk);
    }

    @Test
    void however_many_classes_a_load_redefines_twice_and_a_dry_run_never() {
        try (TargetJvm jvm = start()) {
            jvm.ask("call lib.Greeter greet");
            jvm.ask("call lib.Late value");
            jvm.ask("call lib.Flight value");

            Jlp.run("doctor", jvm.pid(), shop.patch().toString()).mustSucceed();
            Jlp.run("load", jvm.pid(), shop.patch().toString(), "--dry-run").mustSucceed();
            Jlp.run("load", jvm.pid(), shop.patch().toString()).mustSucceed();
            Jlp.run("disable", jvm.pid(), Shop.PATCH).mustSucceed();

            await(jvm, REDEFINITION, count -> count == 4);
        }
    }

    /** From 21 on a thread's stack is read without stopping the others. */
    @Test
    void stacks_are_read_in_small_batches_or_one_by_one() {
        try (TargetJvm jvm = start()) {
            ControlClient control = new ControlClient(jvm);
            jvm.ask("call lib.Greeter greet");
            jvm.ask("idle " + THREADS);
            control.load(shop.patch());
            control.awaitState(Shop.PATCH, "enabled");

            if (shop.jdk().hasVirtualThreads()) {
                assertThat(jvm.talk()).doesNotContain(STACKS);
            } else {
                await(jvm, STACKS, count -> count > THREADS / BATCH_MAX + 1);
            }
        }
    }

    private TargetJvm start() {
        return shop.startable().agent().option("-Xlog:safepoint=info").run();
    }

    private static void await(TargetJvm jvm, String operation, Predicate<Long> enough) {
        Awaitility.await(operation)
                .atMost(Duration.ofSeconds(20))
                .until(
                        () -> jvm.talk()
                                .lines()
                                .filter(line -> line.contains(operation))
                                .count(),
                        enough);
        assertThat(jvm.alive()).isTrue();
    }
}
