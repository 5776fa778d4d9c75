package dev.jlp.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.grack.nanojson.JsonObject;

import org.junit.jupiter.api.Test;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** One library in many loaders, in several releases: plug-ins, redeployed applications. */
@OnEveryJdk
final class ManyLoadersTest {

    private static final String PATCH = Shop.PATCH;

    private final Shop shop;
    private final Path third;

    ManyLoadersTest(Jdk jdk) {
        shop = Shop.on(jdk);
        third = Sources.ofCorpus("shop")
                .replace("VERSION", "third")
                .compile(jdk, Workplace.fresh().resolve("shop.jar"), List.of(), List.of());
    }

    @Test
    void each_instance_has_its_verdict_and_only_the_vulnerable_ones_are_patched() {
        try (TargetJvm jvm = TargetJvm.on(shop.jdk()).agent().run()) {
            ControlClient control = new ControlClient(jvm);
            plugIns(jvm, "early-");

            Harmless.refuses(jvm, 4, "load", jvm.pid(), shop.patch().toString())
                    .contains("lib.Greeter.greet", "in loader 'early-third'", "mismatch")
                    .doesNotContain("early-vulnerable", "early-fixed");
            assertThat(jvm.ask("call early-vulnerable:lib.Greeter greet")).isEqualTo("before");

            Jlp.run("load", jvm.pid(), shop.patch().toString(), "--allow-mismatch")
                    .mustSucceed();
            plugIns(jvm, "late-");

            for (String age : List.of("early-", "late-")) {
                assertThat(jvm.ask("call " + age + "vulnerable:lib.Greeter greet"))
                        .isEqualTo("after");
                assertThat(jvm.ask("call " + age + "fixed:lib.Greeter greet")).isEqualTo("after");
                assertThat(jvm.ask("call " + age + "third:lib.Greeter greet")).isEqualTo("third");
            }
            control.await("all are known", now -> DepartureTest.loaders(now).size() == 6);
            assertThat(verdicts(control.status()))
                    .containsExactlyInAnyOrder(
                            "early-vulnerable patchable",
                            "early-fixed native",
                            "early-third exposed",
                            "late-vulnerable patchable",
                            "late-fixed native",
                            "late-third exposed");
            control.disable(PATCH);
            control.awaitState(PATCH, "disabled");
            assertThat(jvm.ask("call late-vulnerable:lib.Greeter greet")).isEqualTo("before");
        }
    }

    @Test
    void two_loaders_of_the_same_name_are_two_instances() {
        try (TargetJvm jvm = TargetJvm.on(shop.jdk()).agent().run()) {
            ControlClient control = new ControlClient(jvm);
            jvm.ask("plug-in one=web " + shop.change().before());
            jvm.ask("plug-in two=web " + third);
            jvm.ask("call one:lib.Greeter greet");
            jvm.ask("call two:lib.Greeter greet");

            control.load(
                    shop.patch(),
                    JsonObject.builder().value("allow-mismatch", true).done());
            control.awaitState(PATCH, "enabled");

            assertThat(jvm.ask("call one:lib.Greeter greet")).isEqualTo("after");
            assertThat(jvm.ask("call two:lib.Greeter greet")).isEqualTo("third");
            assertThat(verdicts(control.status()))
                    .containsExactlyInAnyOrder("web patchable", "web exposed");
        }
    }

    @Test
    void a_target_that_has_to_be_there_and_is_not_is_a_refusal() {
        try (TargetJvm jvm = TargetJvm.on(shop.jdk()).agent().run()) {
            Harmless.refuses(jvm, 4, "load", jvm.pid(), shop.patch().toString(), "--require-target")
                    .contains("no class of its targets is loaded");

            jvm.ask("plug-in one " + shop.change().before());
            jvm.ask("call one:lib.Greeter greet");
            Jlp.run("load", jvm.pid(), shop.patch().toString(), "--require-target")
                    .mustSucceed();
            assertThat(jvm.ask("call one:lib.Greeter greet")).isEqualTo("after");
        }
    }

    @Test
    void a_loader_that_arrives_while_the_patch_goes_is_unpatched_with_the_others() {
        try (TargetJvm jvm = TargetJvm.on(shop.jdk()).agent().run()) {
            ControlClient control = new ControlClient(jvm);
            jvm.ask("plug-in held " + shop.change().before());
            control.load(shop.patch());
            control.awaitState(PATCH, "waiting");
            jvm.enter("sleeper", "held:lib.Greeter", "hold", "hold");
            control.disable(PATCH);
            jvm.ask("plug-in late " + shop.change().before());
            jvm.ask("call late:lib.Greeter greet");

            jvm.ask("open hold");

            assertThat(jvm.ask("join sleeper")).isEqualTo("after");
            control.awaitState(PATCH, "disabled");
            assertThat(jvm.ask("call late:lib.Greeter greet")).isEqualTo("before");
        }
    }

    private void plugIns(TargetJvm jvm, String age) {
        jvm.ask("plug-in " + age + "vulnerable " + shop.change().before());
        jvm.ask("plug-in " + age + "fixed " + shop.change().after());
        jvm.ask("plug-in " + age + "third " + third);
        Stream.of("vulnerable", "fixed", "third")
                .forEach(kind -> jvm.ask("call " + age + kind + ":lib.Greeter greet"));
    }

    private static List<String> verdicts(JsonObject status) {
        return DepartureTest.instances(status).stream()
                .map(each -> each.getString("loader") + " " + each.getString("verdict"))
                .toList();
    }
}
