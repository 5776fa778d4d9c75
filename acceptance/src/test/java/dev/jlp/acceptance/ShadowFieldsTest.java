package dev.jlp.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.grack.nanojson.JsonObject;

import org.junit.jupiter.api.Test;

/** New bodies that keep values in shadow fields, as a member of java.lang. */
@OnEveryJdk
final class ShadowFieldsTest {

    private static final String PATCH = "visits";

    private static final Sources ACCOUNT = Sources.of("lib/Account.java", """
            package lib;

            public final class Account {
                private static final Account OLD = new Account();
                private static Account passing = new Account();

                private String visit() {
                    VISIT
                }

                public static String visitOld() {
                    return OLD.visit();
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

    private static final Sources BEFORE = ACCOUNT.replace("VISIT", "return \"plain\";");

    private static final Sources AFTER = ACCOUNT.replace("VISIT", """
            dev.jlp.api.ShadowField visits =
                    dev.jlp.api.ShadowField.of(Account.class, "visits", "I");
            visits.setBits(this, visits.getBits(this, 0) + 1);
            dev.jlp.api.ShadowField name =
                    dev.jlp.api.ShadowField.of(Account.class, "name", "Ljava/lang/String;");
            name.putIfAbsent(this, "Ann");
            return "visit " + visits.getBits(this, 0) + " of " + name.get(this, null);
            """);

    private final Jdk jdk;

    ShadowFieldsTest(Jdk jdk) {
        this.jdk = jdk;
    }

    @Test
    void values_stay_with_their_objects_and_go_with_them() {
        Change change = Change.of(jdk, "account", BEFORE, AFTER);
        try (TargetJvm jvm = TargetJvm.on(jdk).with(change.before()).agent().run()) {
            ControlClient control = new ControlClient(jvm);
            assertThat(jvm.ask("call lib.Account visitOld")).isEqualTo("plain");
            load(control, change);
            assertThat(jvm.ask("call lib.Account visitOld")).isEqualTo("visit 1 of Ann");

            control.disable(PATCH);
            control.awaitState(PATCH, "disabled");
            load(control, change);

            assertThat(jvm.ask("call lib.Account visitOld")).isEqualTo("visit 2 of Ann");
            assertThat(jvm.ask("call lib.Account visitPassing")).isEqualTo("visit 1 of Ann");
            assertThat(visited(control.status())).isEqualTo(2);

            jvm.ask("call lib.Account forgetPassing");

            control.await("the passing account's value is gone", status -> visited(status) == 1);
        }
    }

    private static void load(ControlClient control, Change change) {
        control.load(change.patch(PATCH));
        control.awaitState(PATCH, "enabled");
    }

    private static int visited(JsonObject status) {
        for (Object each : status.getArray("shadow")) {
            JsonObject line = (JsonObject) each;
            if (line.getString("id").equals("field lib.Account.visits")) {
                return line.getInt("variables");
            }
        }
        return -1;
    }
}
