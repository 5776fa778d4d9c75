package dev.jlp.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.grack.nanojson.JsonObject;

import org.junit.jupiter.api.Test;

import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** Patches that attach values to objects which were made before them. */
@OnEveryJdk
final class ShadowVariablesTest {

    private static final String PATCH = "visits";

    private static final Sources ACCOUNT = Sources.of("lib/Account.java", """
            package lib;

            import java.util.concurrent.atomic.AtomicInteger;

            public final class Account {
                private static final Account OLD = new Account();
                private static Account passing = new Account();

                private String visit() {
                    VISIT
                }

                private String leave() {
                    LEAVE
                }

                public static String visitOld() {
                    return OLD.visit();
                }

                public static String leaveOld() {
                    return OLD.leave();
                }

                public static String visitPassing() {
                    return passing.visit();
                }

                public static String forgetPassing() {
                    passing = OLD;
                    System.gc();
                    return "forgotten";
                }
            }
            """);

    private static final Sources BEFORE =
            ACCOUNT.replace("VISIT", "return \"plain\";").replace("LEAVE", "return \"plain\";");

    private static final Sources AFTER =
            ACCOUNT.replace("VISIT", """
                    return "visit " + Visits.OF_ACCOUNT
                            .getOrAlloc(this, account -> new AtomicInteger())
                            .incrementAndGet();
                    """).replace("LEAVE", """
                    StringBuilder said = new StringBuilder();
                    dev.jlp.api.Shadow<AtomicInteger> visits = dev.jlp.api.Shadow.id("visits");
                    visits.free(this, (account, count) -> said.append("left after ").append(count));
                    return said.toString();
                    """).and("lib/Visits.java", """
                    package lib;

                    import dev.jlp.api.Shadow;
                    import java.util.concurrent.atomic.AtomicInteger;

                    final class Visits {
                        static final Shadow<AtomicInteger> OF_ACCOUNT = Shadow.id("visits");
                    }
                    """);

    private record Made(Change change, Path patch) {}

    private static final Map<Jdk, Made> MADE = new ConcurrentHashMap<>();

    private final Jdk jdk;
    private final Made made;

    ShadowVariablesTest(Jdk jdk) {
        this.jdk = jdk;
        made = MADE.computeIfAbsent(jdk, each -> {
            Change change = Change.of(each, "account", BEFORE, AFTER);
            return new Made(change, change.patch(PATCH));
        });
    }

    @Test
    void a_value_stays_with_its_object_when_the_patch_goes_and_comes_back_until_it_is_freed() {
        try (TargetJvm jvm = start()) {
            ControlClient control = new ControlClient(jvm);
            assertThat(jvm.ask("call lib.Account visitOld")).isEqualTo("plain");

            load(control);
            assertThat(jvm.ask("call lib.Account visitOld")).isEqualTo("visit 1");
            assertThat(jvm.ask("call lib.Account visitOld")).isEqualTo("visit 2");

            control.disable(PATCH);
            control.awaitState(PATCH, "disabled");
            assertThat(jvm.ask("call lib.Account visitOld")).isEqualTo("plain");
            assertThat(shadow(control)).containsExactly(Map.entry("visits", 1));

            load(control);
            assertThat(jvm.ask("call lib.Account visitOld")).isEqualTo("visit 3");
            assertThat(jvm.ask("call lib.Account leaveOld")).isEqualTo("left after 3");
            assertThat(shadow(control)).containsExactly(Map.entry("visits", 0));
            assertThat(jvm.ask("call lib.Account visitOld")).isEqualTo("visit 1");
        }
    }

    @Test
    void a_value_goes_after_its_object_though_nobody_writes() {
        try (TargetJvm jvm = start()) {
            ControlClient control = new ControlClient(jvm);
            jvm.ask("call lib.Account visitOld");
            load(control);
            jvm.ask("call lib.Account visitOld");
            jvm.ask("call lib.Account visitPassing");
            assertThat(shadow(control)).containsExactly(Map.entry("visits", 2));

            jvm.ask("call lib.Account forgetPassing");

            control.await(
                    "the passing account's value is gone",
                    status -> shadow(status).equals(Map.of("visits", 1)));
            assertThat(jvm.ask("call lib.Account visitOld")).isEqualTo("visit 2");
        }
    }

    @Test
    void all_loaders_share_the_variables_of_an_id() {
        try (TargetJvm jvm = TargetJvm.on(jdk).agent().run()) {
            ControlClient control = new ControlClient(jvm);
            jvm.ask("loader one " + made.change().before());
            jvm.ask("call one:lib.Account visitOld");
            load(control);
            assertThat(jvm.ask("call one:lib.Account visitOld")).isEqualTo("visit 1");

            jvm.ask("loader late " + made.change().before());
            assertThat(jvm.ask("call late:lib.Account visitOld")).isEqualTo("visit 1");

            assertThat(shadow(control)).containsExactly(Map.entry("visits", 2));
        }
    }

    @Test
    void the_api_is_not_there_until_a_patch_needs_it() {
        try (TargetJvm jvm = start()) {
            ControlClient control = new ControlClient(jvm);
            jvm.ask("call lib.Account visitOld");
            assertThat(jvm.fails("initialise java.lang.JlpShadow"))
                    .contains("ClassNotFoundException");

            load(control);

            assertThat(jvm.ask("initialise java.lang.JlpShadow")).isEqualTo("java.lang.JlpShadow");
            jvm.ask("call lib.Account visitOld");
            assertThat(Jlp.run("status", jvm.pid()).mustSucceed().out())
                    .contains("shadow variables 'visits': 1");
        }
    }

    private TargetJvm start() {
        return TargetJvm.on(jdk).with(made.change().before()).agent().run();
    }

    private void load(ControlClient control) {
        control.load(made.patch());
        control.awaitState(PATCH, "enabled");
    }

    private static Map<String, Integer> shadow(ControlClient control) {
        return shadow(control.status());
    }

    private static Map<String, Integer> shadow(JsonObject status) {
        Map<String, Integer> variables = new TreeMap<>();
        for (Object each : status.getArray("shadow")) {
            JsonObject line = (JsonObject) each;
            variables.put(line.getString("id"), line.getInt("variables"));
        }
        return variables;
    }
}
