package dev.jlp.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import org.awaitility.Awaitility;
import org.jacoco.core.analysis.Analyzer;
import org.jacoco.core.analysis.CoverageBuilder;
import org.jacoco.core.analysis.ICounter;
import org.jacoco.core.tools.ExecFileLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** Other vendors' agents on the patched class, started before ours and after it. */
@OnEveryJdk
final class OtherAgentsTest {

    private static final String SPAN = "Greeter.greet";

    private final Jdk jdk;
    private final Shop shop;

    OtherAgentsTest(Jdk jdk) {
        this.jdk = jdk;
        shop = Shop.on(jdk);
    }

    @ParameterizedTest(name = "our agent first: {0}")
    @ValueSource(booleans = {true, false})
    void opentelemetry_goes_on_tracing_a_patched_method(boolean oursFirst) {
        String[] options = {
            "-Dotel.traces.exporter=console",
            "-Dotel.metrics.exporter=none",
            "-Dotel.logs.exporter=none",
            "-Dotel.bsp.schedule.delay=100",
            "-Dotel.instrumentation.methods.include=lib.Greeter[greet]"
        };
        try (TargetJvm jvm = start("opentelemetry", "", oursFirst, options)) {
            int spans = 0;
            assertThat(jvm.ask("call lib.Greeter greet")).isEqualTo("before");
            spans = awaitMoreSpans(jvm, spans);
            ControlClient control = new ControlClient(jvm);

            control.load(shop.patch());
            control.awaitState(Shop.PATCH, "enabled");
            assertThat(jvm.ask("call lib.Greeter greet")).isEqualTo("after");
            spans = awaitMoreSpans(jvm, spans);

            jvm.ask("retransform lib.Greeter");
            assertThat(jvm.ask("call lib.Greeter greet"))
                    .as("after a third agent retransformed the class")
                    .isEqualTo("after");
            spans = awaitMoreSpans(jvm, spans);

            control.disable(Shop.PATCH);
            control.awaitState(Shop.PATCH, "disabled");
            jvm.ask("retransform lib.Greeter");
            assertThat(jvm.ask("call lib.Greeter greet")).isEqualTo("before");
            awaitMoreSpans(jvm, spans);
            assertThat(control.events("displaced").isEmpty())
                    .as("on 17 alone the third agent meets the bytes before the patch")
                    .isEqualTo(jdk.feature() > 17);
            assertThat(Stream.of("displaced", "restored")
                            .flatMap(name -> control.events(name).stream()))
                    .allSatisfy(event -> assertThat(event.getString("version")).isEqualTo("1"));
        }
    }

    @ParameterizedTest(name = "our agent first: {0}")
    @ValueSource(booleans = {true, false})
    void jacoco_goes_on_counting_in_a_patched_class(boolean oursFirst) throws IOException {
        Path coverage = Workplace.fresh().resolve("jacoco.exec");
        String arguments = "=destfile=" + coverage + ",includes=lib.*";
        try (TargetJvm jvm = start("jacoco", arguments, oursFirst)) {
            assertThat(jvm.ask("call lib.Greeter greet")).isEqualTo("before");
            ControlClient control = new ControlClient(jvm);

            control.load(shop.patch());
            control.awaitState(Shop.PATCH, "enabled");
            assertThat(jvm.ask("call lib.Greeter greet")).isEqualTo("after");
            jvm.ask("retransform lib.Greeter");
            assertThat(jvm.ask("call lib.Greeter greet")).isEqualTo("after");

            jvm.ask("call lib.Greeter untouched");
            jvm.exit();
        }
        assertThat(covered(coverage.toFile(), "untouched"))
                .as("a method that was first called after the patch")
                .isEqualTo(ICounter.FULLY_COVERED);
    }

    /** On 17 such a retransformation starts from the bytes before every redefinition. */
    @ParameterizedTest(name = "our agent first: {0}")
    @ValueSource(booleans = {true, false})
    void a_retransformation_by_anybody_takes_no_patch_away_and_brings_none_back(boolean oursFirst) {
        TargetJvm.Start start = shop.startable();
        try (TargetJvm jvm =
                (oursFirst ? start.agent().testAgent() : start.testAgent().agent()).run()) {
            jvm.ask("call lib.Greeter greet");
            ControlClient control = new ControlClient(jvm);
            control.load(shop.patch());
            control.awaitState(Shop.PATCH, "enabled");

            jvm.ask("retransform lib.Greeter");
            assertThat(jvm.ask("call lib.Greeter greet")).isEqualTo("after");

            control.disable(Shop.PATCH);
            control.awaitState(Shop.PATCH, "disabled");
            jvm.ask("retransform lib.Greeter");
            assertThat(jvm.ask("call lib.Greeter greet")).isEqualTo("before");
        }
    }

    /** As agents do that are attached late; ours holds a class that is poison in its own batches. */
    @ParameterizedTest(name = "our agent first: {0}")
    @ValueSource(booleans = {true, false})
    void another_agent_may_retransform_every_class_at_once(boolean oursFirst) {
        TargetJvm.Start start = shop.startable();
        try (TargetJvm jvm =
                (oursFirst ? start.agent().testAgent() : start.testAgent().agent()).run()) {
            jvm.ask("call lib.Greeter greet");
            ControlClient control = new ControlClient(jvm);
            control.load(shop.patch());
            control.awaitState(Shop.PATCH, "enabled");

            assertThat(jvm.ask("retransform-all")).isEqualTo("retransformed");

            assertThat(jvm.ask("call lib.Greeter greet")).isEqualTo("after");
        }
    }

    /** Comes to us with what JaCoCo has made of it, which is another body to us. */
    @ParameterizedTest(name = "our agent first: {0}")
    @ValueSource(booleans = {true, false})
    void a_class_that_arrives_through_jacoco_is_patched_as_soon_as_it_is_found(boolean oursFirst) {
        Path coverage = Workplace.fresh().resolve("jacoco.exec");
        String arguments = "=destfile=" + coverage + ",includes=lib.*";
        try (TargetJvm jvm = start("jacoco", arguments, oursFirst)) {
            jvm.ask("call lib.Greeter greet");
            ControlClient control = new ControlClient(jvm);
            control.load(shop.patch());
            control.awaitState(Shop.PATCH, "enabled");

            Awaitility.await("the new body of a class that came late")
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> jvm.ask("call lib.Late value").endsWith(" and after"));

            control.disable(Shop.PATCH);
            control.awaitState(Shop.PATCH, "disabled");
            assertThat(jvm.ask("call lib.Late value")).endsWith(" and before");
        }
    }

    /** The bodies that it names are judged as JaCoCo would see them, and none of our own among them. */
    @ParameterizedTest(name = "our agent first: {0}")
    @ValueSource(booleans = {true, false})
    void a_second_patch_replaces_the_first_below_jacoco(boolean oursFirst) {
        Sources shops = Sources.ofCorpus("shop");
        Change newer = Change.of(
                jdk, "shop", shops.replace("VERSION", "before"), shops.replace("VERSION", "newer"));
        Path coverage = Workplace.fresh().resolve("jacoco.exec");
        String arguments = "=destfile=" + coverage + ",includes=lib.*";
        try (TargetJvm jvm = start("jacoco", arguments, oursFirst)) {
            jvm.ask("call lib.Greeter greet");
            ControlClient control = new ControlClient(jvm);
            control.load(shop.patch());
            control.awaitState(Shop.PATCH, "enabled");

            control.load(newer.patch("newer-fix"));
            control.awaitState("newer-fix", "enabled");

            assertThat(jvm.ask("call lib.Greeter greet")).isEqualTo("newer");
        }
    }

    /** A class that is loaded by a transformer is offered to no other. */
    @Test
    void our_transformer_loads_no_class_of_the_application() {
        try (TargetJvm jvm = shop.startable().agent().testAgent().run()) {
            jvm.ask("call lib.Greeter greet");
            ControlClient control = new ControlClient(jvm);
            control.load(shop.patch());
            control.awaitState(Shop.PATCH, "enabled");

            assertThat(jvm.ask("call lib.Flight value")).isEqualTo("after after");

            assertThat(jvm.ask("unseen")).isEqualTo("[]");
        }
    }

    private TargetJvm start(String other, String arguments, boolean oursFirst, String... options) {
        String otherAgent = "-javaagent:" + Shipped.otherAgent(other) + arguments;
        TargetJvm.Start start = shop.startable().option(options);
        if (oursFirst) {
            start.agent().option(otherAgent);
        } else {
            start.option(otherAgent).agent();
        }
        return start.testAgent().run();
    }

    private static int awaitMoreSpans(TargetJvm jvm, int before) {
        return Awaitility.await("spans of " + SPAN)
                .atMost(Duration.ofSeconds(20))
                .until(() -> jvm.talk().split(SPAN, -1).length - 1, spans -> spans > before);
    }

    private int covered(File execution, String name) throws IOException {
        ExecFileLoader loader = new ExecFileLoader();
        loader.load(execution);
        CoverageBuilder coverage = new CoverageBuilder();
        Analyzer analyzer = new Analyzer(loader.getExecutionDataStore(), coverage);
        analyzer.analyzeClass(
                Jars.read(shop.change().before(), "lib/Greeter.class"), "lib/Greeter");
        List<Integer> statuses = coverage.getClasses().stream()
                .flatMap(type -> type.getMethods().stream())
                .filter(method -> method.getName().equals(name))
                .map(method -> method.getInstructionCounter().getStatus())
                .toList();
        assertThat(statuses).as("%s in %s", name, jdk).hasSize(1);
        return statuses.get(0);
    }
}
