package dev.jlp.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.grack.nanojson.JsonObject;
import com.grack.nanojson.JsonWriter;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Loaders that go while a patch stays: they can be collected, and are reported once. */
@OnEveryJdk
final class DepartureTest {

    private static final String PATCH = Shop.PATCH;
    private static final String BULKY = "bulky-fix";

    private static final Map<Jdk, Change> BULKY_CHANGES = new ConcurrentHashMap<>();

    private final Shop shop;

    DepartureTest(Jdk jdk) {
        shop = Shop.on(jdk);
    }

    @Test
    void a_collected_loader_is_reported_once_and_forgotten() {
        try (TargetJvm jvm = TargetJvm.on(shop.jdk()).agent().run()) {
            ControlClient control = new ControlClient(jvm);
            plugIn(jvm, "early");
            plugIn(jvm, "staying");
            load(control);
            plugIn(jvm, "late");
            assertThat(loaders(control.status()))
                    .containsExactlyInAnyOrder("early", "staying", "late");

            drop(jvm, "early");
            drop(jvm, "late");

            control.await("both are forgotten", now -> loaders(now).equals(List.of("staying")));
            control.await("and said", now -> control.events("reverting").size() >= 2);
            assertThat(control.events("reverting"))
                    .extracting(
                            event -> event.getString("loader") + " of " + event.getString("target"))
                    .containsExactlyInAnyOrder("early of shop", "late of shop");
            assertThat(jvm.ask("call staying:lib.Greeter greet")).isEqualTo("after");
        }
    }

    /** Compiled code keeps nothing alive that it has no more use for. */
    @Test
    void loaders_that_are_collected_in_the_middle_of_a_load_do_not_refuse_it() {
        try (TargetJvm jvm = TargetJvm.on(shop.jdk())
                .testAgent()
                .agent()
                .option("-Xcomp", "-XX:CompileCommand=quiet")
                .option("-XX:CompileCommand=compileonly,dev/jlp/runtime/Examination*.*")
                .run()) {
            ControlClient control = new ControlClient(jvm);
            for (int i = 0; i < 4; i++) {
                plugIn(jvm, "going-" + i);
                jvm.ask("drop going-" + i);
            }
            plugIn(jvm, "staying");
            jvm.ask("set collect.lib/Greeter true");

            load(control);

            assertThat(jvm.ask("call staying:lib.Greeter greet")).isEqualTo("after");
        }
    }

    @Test
    void a_redeployed_library_is_patched_each_time_it_comes() {
        try (TargetJvm jvm = TargetJvm.on(shop.jdk()).agent().run()) {
            ControlClient control = new ControlClient(jvm);
            plugIn(jvm, "web");
            load(control);
            for (int deployment = 1; deployment <= 3; deployment++) {
                drop(jvm, "web");
                int times = deployment;
                control.await(
                        "its end is reported",
                        now -> control.events("reverting").size() == times);
                assertThat(ControlClient.stateOf(control.status(), PATCH)).isEqualTo("waiting");

                plugIn(jvm, "web");

                assertThat(jvm.ask("call web:lib.Greeter greet")).isEqualTo("after");
                control.awaitState(PATCH, "enabled");
                assertThat(loaders(control.status())).containsExactly("web");
            }
        }
    }

    @Test
    void a_loader_that_goes_during_a_transition_does_not_hold_it_back() {
        try (TargetJvm jvm = TargetJvm.on(shop.jdk()).agent().run()) {
            ControlClient control = new ControlClient(jvm);
            plugIn(jvm, "staying");
            plugIn(jvm, "going");
            jvm.enter("sleeper", "staying:lib.Greeter", "hold", "hold");
            control.load(shop.patch());
            control.await("the sleeper", now -> !now.getArray("blockers").isEmpty());

            drop(jvm, "going");

            control.await("it is forgotten", now -> loaders(now).equals(List.of("staying")));
            control.await("and said", now -> control.events("reverting").size() == 1);
            jvm.ask("open hold");
            control.awaitState(PATCH, "enabled");
            assertThat(jvm.ask("call staying:lib.Greeter greet")).isEqualTo("after");
        }
    }

    @Test
    void nothing_is_taken_from_a_loader_that_goes_after_the_patch() {
        try (TargetJvm jvm = TargetJvm.on(shop.jdk()).agent().run()) {
            ControlClient control = new ControlClient(jvm);
            plugIn(jvm, "going");
            load(control);
            control.disable(PATCH);
            control.awaitState(PATCH, "disabled");

            drop(jvm, "going");

            control.await("it is forgotten", now -> loaders(now).isEmpty());
            assertThat(control.events("reverting")).isEmpty();
        }
    }

    /** Added class, companion, outlined bodies, lambdas, shadow variables: nothing of it keeps a loader. */
    @Test
    void whatever_a_patch_has_put_into_a_loader_goes_with_it() {
        Change bulky = BULKY_CHANGES.computeIfAbsent(shop.jdk(), DepartureTest::bulky);
        try (TargetJvm jvm = TargetJvm.on(shop.jdk()).agent().run()) {
            ControlClient control = new ControlClient(jvm);
            for (String plugIn : List.of("going", "staying")) {
                jvm.ask("plug-in " + plugIn + " " + bulky.before());
                assertThat(jvm.ask("call " + plugIn + ":bulk.Bulky call")).isEqualTo("before");
            }
            control.load(bulky.patch(BULKY));
            control.awaitState(BULKY, "enabled");
            jvm.ask("plug-in arriving " + bulky.before());
            for (String plugIn : List.of("going", "staying", "arriving")) {
                assertThat(jvm.ask("call " + plugIn + ":bulk.Bulky call"))
                        .isEqualTo("after 1 added companion");
            }
            assertThat(histogram(jvm)).contains("bulk.Bulky", "bulk.Added");

            drop(jvm, "going");
            drop(jvm, "staying");
            drop(jvm, "arriving");

            assertThat(histogram(jvm)).doesNotContain("bulk.");
            assertThat(control.status().getArray("patches")).hasSize(1);
            control.await("none is left", now -> loaders(now).isEmpty());
        }
    }

    private static Change bulky(Jdk jdk) {
        return Change.of(jdk, "bulky", BulkySources.before(), BulkySources.after());
    }

    private void plugIn(TargetJvm jvm, String name) {
        jvm.ask("plug-in " + name + " " + shop.change().before());
        jvm.ask("call " + name + ":lib.Greeter greet");
    }

    private static void drop(TargetJvm jvm, String name) {
        jvm.ask("drop " + name);
        jvm.ask("collected " + name);
    }

    private void load(ControlClient control) {
        control.load(shop.patch());
        control.awaitState(PATCH, "enabled");
    }

    private String histogram(TargetJvm jvm) {
        return Exec.run(List.of(
                        shop.jdk().tool("jcmd").toString(), jvm.pid(), "GC.class_histogram"))
                .mustSucceed()
                .out();
    }

    /** Of the first patch's first target. */
    static List<String> loaders(JsonObject status) {
        return instances(status).stream()
                .map(instance -> instance.getString("loader"))
                .toList();
    }

    static List<JsonObject> instances(JsonObject status) {
        JsonObject patch = status.getArray("patches").getObject(0);
        assertThat(patch.getArray("targets")).as(JsonWriter.string(patch)).isNotEmpty();
        return patch.getArray("targets").getObject(0).getArray("instances").stream()
                .map(JsonObject.class::cast)
                .toList();
    }
}
