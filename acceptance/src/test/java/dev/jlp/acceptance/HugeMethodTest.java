package dev.jlp.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.grack.nanojson.JsonObject;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/** Methods so large that their two bodies don't fit into one: the old one waits outside meanwhile. */
@OnEveryJdk
final class HugeMethodTest {

    private static final String PATCH = "huge-fix";
    private static final int CODE_MIN = 58_000;
    private static final int STATEMENTS = 3_500;

    private static final Map<Jdk, Change> CHANGES = new ConcurrentHashMap<>();

    private final Jdk jdk;
    private final Change change;

    HugeMethodTest(Jdk jdk) {
        this.jdk = jdk;
        change = CHANGES.computeIfAbsent(jdk, each -> Change.ofVersions(each, "huge", sources()));
    }

    @Test
    void a_huge_method_is_patched_and_unpatched_under_calls() {
        assertThat(lastOffset()).isGreaterThan(CODE_MIN);
        try (TargetJvm jvm = start()) {
            ControlClient control = new ControlClient(jvm);
            jvm.ask("start caller lib.Huge callUntilTold");
            jvm.ask("arrived called 1000");

            for (int i = 0; i < 2; i++) {
                control.load(change.patch(PATCH));
                control.awaitState(PATCH, "enabled");
                assertThat(jvm.ask("call lib.Huge call")).isEqualTo("after secret lambda");

                control.disable(PATCH);
                control.awaitState(PATCH, "disabled");
                assertThat(jvm.ask("call lib.Huge call")).isEqualTo("before secret lambda");
            }

            jvm.ask("open told");
            assertThat(jvm.ask("join caller")).isEqualTo("[after, before]");
        }
    }

    @Test
    void a_thread_inside_an_outlined_body_is_named_by_the_method_itself() {
        try (TargetJvm jvm = start()) {
            ControlClient control = new ControlClient(jvm);
            jvm.enter("early", "lib.Huge", "holdEarly", "early");
            control.load(change.patch(PATCH));
            control.await("early", now -> blockers(now).contains("early in lib.Huge.body"));
            assertThat(jvm.ask("call lib.Huge call")).isEqualTo("after secret lambda");

            control.call("reverse");
            control.awaitState(PATCH, "disabled");
            jvm.ask("open early");
            assertThat(jvm.ask("join early")).isEqualTo("before secret lambda");
        }
    }

    @Test
    void a_thread_that_enters_an_outlined_body_during_the_transition_holds_it_back() {
        try (TargetJvm jvm = start()) {
            ControlClient control = new ControlClient(jvm);
            jvm.enter("nested", "lib.Huge", "holdOutside", "outside");
            control.load(change.patch(PATCH));
            control.await("outside", now -> blockers(now).contains("nested in lib.Huge.outer"));

            jvm.ask("open outside"); // still old, so it enters the old body, which is outlined now
            jvm.ask("arrived early 1");
            control.await("inside", now -> blockers(now).contains("nested in lib.Huge.body"));
            jvm.ask("open early");

            control.awaitState(PATCH, "enabled");
            assertThat(jvm.ask("join nested")).isEqualTo("before before secret lambda");
        }
    }

    @Test
    void a_class_that_is_loaded_during_the_transition_is_patched_when_it_is_there() {
        try (TargetJvm jvm = start()) {
            ControlClient control = new ControlClient(jvm);
            jvm.enter("early", "lib.Huge", "holdEarly", "early");
            control.load(change.patch(PATCH));
            jvm.ask("loader late " + change.before());
            jvm.ask("call late:lib.Huge call");

            jvm.ask("open early");
            control.awaitState(PATCH, "enabled");

            assertThat(jvm.ask("call late:lib.Huge call")).isEqualTo("after secret lambda");
        }
    }

    private TargetJvm start() {
        return TargetJvm.on(jdk).with(change.before()).agent().run();
    }

    private static List<String> blockers(JsonObject status) {
        return status.getArray("blockers").stream()
                .map(JsonObject.class::cast)
                .map(blocker -> blocker.getString("thread") + " in " + blocker.getString("method"))
                .toList();
    }

    /** Where the last instruction of the largest method is. */
    private int lastOffset() {
        String code = Exec.run(List.of(
                        jdk.tool("javap").toString(),
                        "-c",
                        "-p",
                        "-cp",
                        change.before().toString(),
                        "lib.Huge"))
                .mustSucceed()
                .out();
        return Pattern.compile("^ +(\\d+): ", Pattern.MULTILINE)
                .matcher(code)
                .results()
                .mapToInt(found -> Integer.parseInt(found.group(1)))
                .max()
                .orElseThrow();
    }

    /** Seventeen bytes for each statement. */
    private static Sources sources() {
        return Sources.of(
                "lib/Huge.java", """
                package lib;

                import dev.jlp.acceptance.programs.Gate;

                public final class Huge {
                    private int sum;

                    public static String call() {
                        return new Huge().body(0L, 1.5, null);
                    }

                    public static String holdEarly() {
                        return new Huge().body(0L, 1.5, "early");
                    }

                    public static String holdOutside() {
                        return new Huge().outer();
                    }

                    public static String callUntilTold() {
                        java.util.Set<String> seen = new java.util.TreeSet<>();
                        while (!Gate.isOpen("told")) {
                            seen.add(call().split(" ")[0]);
                            Gate.touch("called");
                        }
                        return seen.toString();
                    }

                    private String outer() {
                        Gate.pass("outside");
                        return "VERSION " + body(0L, 1.5, "early");
                    }

                    private String secret() {
                        return sum == 0 ? "secret" : "wrong";
                    }

                    private String body(long one, double two, String gate) {
                        if (gate != null) {
                            Gate.pass(gate);
                        }
                        if (two == one) {
                            FILLING
                        }
                        java.util.function.Supplier<String> lambda = () -> secret() + " lambda";
                        return "VERSION " + lambda.get();
                    }
                }
                """.replace("FILLING", "sum += 1000 * sum;\n".repeat(STATEMENTS)));
    }
}
