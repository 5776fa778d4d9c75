package dev.jlp.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.grack.nanojson.JsonObject;

import org.junit.jupiter.api.Test;

import java.nio.file.Path;
import java.util.List;

/** Classes that arrive and can't be patched: let in with an alarm, or refused. */
@OnEveryJdk
final class OnFailureTest {

    private static final String PATCH = Shop.PATCH;

    private final Shop shop;
    private final Path third;

    OnFailureTest(Jdk jdk) {
        shop = Shop.on(jdk);
        third = Sources.ofCorpus("shop")
                .replace("VERSION", "third")
                .compile(jdk, Workplace.fresh().resolve("shop.jar"), List.of(), List.of());
    }

    @Test
    void with_refuse_a_class_of_another_release_is_not_defined_and_the_error_says_why() {
        try (TargetJvm jvm = start("on-failure=refuse")) {
            ControlClient control = loaded(jvm);
            jvm.ask("plug-in other " + third);

            assertThat(jvm.fails("call other:lib.Greeter greet"))
                    .contains(
                            "java.lang.NoClassDefFoundError",
                            "jlp: refused by patch 'shop-fix' for target 'shop'",
                            "in loader 'other'",
                            "lib/Greeter, method cutOff: mismatch (another body)");
            assertThat(jvm.fails("call other:lib.Late value"))
                    .contains("NoClassDefFoundError", "jlp: refused by patch 'shop-fix'");

            assertThat(control.events("refused")).singleElement().satisfies(event -> {
                assertThat(event.getString("target")).isEqualTo("shop");
                assertThat(event.getString("loader")).isEqualTo("other");
            });
            assertThat(verdict(control.status(), "other")).isEqualTo("refused");
            assertThat(Jlp.run("status", jvm.pid()).mustSucceed().out())
                    .contains("loader other: refused, no class");
        }
    }

    @Test
    void with_refuse_a_class_that_is_defined_without_a_name_is_refused_too() {
        try (TargetJvm jvm = start("on-failure=refuse")) {
            loaded(jvm);
            jvm.ask("nameless other " + third);

            assertThat(jvm.fails("call other:lib.Greeter greet"))
                    .contains("java.lang.ClassFormatError", "jlp: refused by patch 'shop-fix'");
        }
    }

    @Test
    void with_refuse_whole_instances_go_on_arriving() {
        try (TargetJvm jvm = start("on-failure=refuse")) {
            ControlClient control = loaded(jvm);
            jvm.ask("plug-in other " + third);
            jvm.fails("call other:lib.Greeter greet");

            jvm.ask("plug-in vulnerable " + shop.change().before());
            jvm.ask("plug-in fixed " + shop.change().after());

            assertThat(jvm.ask("call vulnerable:lib.Greeter greet")).isEqualTo("after");
            assertThat(jvm.ask("call fixed:lib.Greeter greet")).isEqualTo("after");
            assertThat(verdict(control.status(), "fixed")).isEqualTo("native");
        }
    }

    @Test
    void with_refuse_the_classes_that_were_patched_before_stay_patched() {
        Path mixed = Mixed.of(shop.change().before(), third, "lib/Late");
        try (TargetJvm jvm = start("on-failure=refuse")) {
            ControlClient control = loaded(jvm);
            jvm.ask("plug-in mixed " + mixed);
            assertThat(jvm.ask("call mixed:lib.Greeter greet")).isEqualTo("after");

            assertThat(jvm.fails("call mixed:lib.Late value")).contains("jlp: refused by patch");

            assertThat(jvm.ask("call mixed:lib.Greeter greet")).isEqualTo("after");
            assertThat(verdict(control.status(), "mixed")).isEqualTo("refused");
            control.disable(PATCH);
            control.awaitState(PATCH, "disabled");
            assertThat(jvm.ask("call mixed:lib.Greeter greet")).isEqualTo("before");
            assertThat(jvm.ask("call mixed:lib.Late value")).isEqualTo("third and third");
        }
    }

    @Test
    void during_a_transition_a_class_is_refused_as_at_rest() {
        try (TargetJvm jvm = start("on-failure=refuse")) {
            ControlClient control = new ControlClient(jvm);
            jvm.ask("plug-in held " + shop.change().before());
            jvm.enter("sleeper", "held:lib.Greeter", "hold", "hold");
            control.load(shop.patch());
            jvm.ask("plug-in other " + third);

            assertThat(jvm.fails("call other:lib.Greeter greet")).contains("jlp: refused");

            jvm.ask("open hold");
            control.awaitState(PATCH, "enabled");
        }
    }

    @Test
    void without_a_word_it_is_let_in_and_exposed() {
        try (TargetJvm jvm = start()) {
            ControlClient control = loaded(jvm);
            jvm.ask("plug-in other " + third);

            assertThat(jvm.ask("call other:lib.Greeter greet")).isEqualTo("third");

            control.await("it is exposed", now -> verdict(now, "other").equals("exposed"));
            assertThat(control.events("exposed"))
                    .singleElement()
                    .satisfies(event -> assertThat(event.getString("loader")).isEqualTo("other"));
        }
    }

    @Test
    void a_class_that_fits_stays_unpatched_in_an_instance_that_is_not_whole() {
        Path mixed = Mixed.of(shop.change().before(), third, "lib/Greeter");
        try (TargetJvm jvm = start()) {
            ControlClient control = new ControlClient(jvm);
            jvm.ask("plug-in mixed " + mixed);
            jvm.ask("call mixed:lib.Greeter greet");
            control.load(
                    shop.patch(),
                    JsonObject.builder().value("allow-mismatch", true).done());
            control.awaitState(PATCH, "enabled");

            assertThat(jvm.ask("call mixed:lib.Late value")).isEqualTo("before and before");

            assertThat(verdict(control.status(), "mixed")).isEqualTo("exposed");
        }
    }

    @Test
    void an_unknown_word_keeps_the_agent_from_starting() {
        try (TargetJvm jvm = start("on-failure=panic")) {
            jvm.awaitTalk("'on-failure' is 'panic'", "'refuse' or 'alarm'");
        }
    }

    private TargetJvm start(String... keys) {
        return TargetJvm.on(shop.jdk()).agent(keys).run();
    }

    private ControlClient loaded(TargetJvm jvm) {
        ControlClient control = new ControlClient(jvm);
        control.load(shop.patch());
        control.awaitState(PATCH, "waiting");
        return control;
    }

    private static String verdict(JsonObject status, String loader) {
        return DepartureTest.instances(status).stream()
                .filter(instance -> loader.equals(instance.getString("loader")))
                .map(instance -> instance.getString("verdict"))
                .findAny()
                .orElse("none");
    }
}
