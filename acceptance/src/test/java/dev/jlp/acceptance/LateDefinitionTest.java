package dev.jlp.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.grack.nanojson.JsonObject;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;

/** A definition that had begun before the load and ends in the middle of it, wherever that is. */
@OnEveryJdk
final class LateDefinitionTest {

    private static final String PATCH = "late-fix";

    private static final Sources FLIGHT = Sources.of("late/Flight.java", """
            package late;

            public final class Flight extends FlightBase {
                public static String value() {
                    dev.jlp.acceptance.programs.Gate.pass("inside");
                    return "VERSION";
                }
            }
            """)
            .and("late/FlightBase.java", "package late; public class FlightBase {}");

    private final Jdk jdk;
    private final Change change;

    LateDefinitionTest(Jdk jdk) {
        this.jdk = jdk;
        change = Change.ofVersions(jdk, "late", FLIGHT);
    }

    /** The agent asks for all classes again and again; the definition ends just before one of its questions. */
    @ParameterizedTest(name = "before question {0}")
    @ValueSource(ints = {1, 2, 3, 4, 5, 6})
    void nobody_switches_before_its_class_is_armed_and_who_is_inside_is_waited_for(int question) {
        try (TargetJvm jvm = TargetJvm.on(jdk).faultyAgent().run()) {
            ControlClient control = new ControlClient(jvm);
            jvm.ask("slow-loader slow " + change.before());
            jvm.enter("flyer", "slow:late.Flight", "value", "slow");
            jvm.ask("set fault.question " + question);

            control.load(change.patch(PATCH));

            control.await("the flyer holds it", LateDefinitionTest::isHeldByFlyer);
            assertThat(names(control))
                    .containsSubsequence(
                            question == 1
                                    ? List.of("init-patch", "start-patch")
                                    : List.of("init-patch", "applying", "start-patch"));
            jvm.ask("open inside");
            assertThat(jvm.ask("join flyer")).isEqualTo("before");
            control.awaitState(PATCH, "enabled");
            assertThat(jvm.ask("call slow:late.Flight value")).isEqualTo("after");
        }
    }

    /**
     * The definition begins while threads switch and ends when all others have their final bodies. Who comes then
     * runs a final body first, and is asked for its universe by the late class alone.
     */
    @Test
    void a_class_that_misses_the_end_of_the_transition_takes_the_side_of_all_others() {
        Change towers = Change.ofVersions(jdk, "tower", FLIGHT.and("late/Tower.java", """
                package late;

                public final class Tower {
                    public static String both() {
                        return "VERSION " + Flight.value();
                    }

                    public static String hold() {
                        dev.jlp.acceptance.programs.Gate.pass("hold");
                        return "VERSION";
                    }
                }
                """));
        try (TargetJvm jvm = TargetJvm.on(jdk).faultyAgent().run()) {
            ControlClient control = new ControlClient(jvm);
            jvm.ask("plug-in there " + towers.before());
            jvm.enter("sleeper", "there:late.Tower", "hold", "hold");
            control.load(towers.patch(PATCH));
            jvm.ask("slow-loader slow " + towers.before());
            jvm.enter("flyer", "slow:late.Flight", "value", "slow");
            jvm.ask("set fault.behind 1");
            jvm.ask("open hold");
            jvm.ask("arrived behind 1"); // the others have their final bodies
            jvm.ask("open inside");
            jvm.ask("open slow");
            jvm.ask("join flyer");

            assertThat(jvm.ask("call slow:late.Tower both")).isEqualTo("after after");

            jvm.ask("open behind");
            control.awaitState(PATCH, "enabled");
            assertThat(jvm.ask("call slow:late.Tower both")).isEqualTo("after after");
        }
    }

    private static boolean isHeldByFlyer(JsonObject status) {
        return status.getArray("blockers").stream()
                .anyMatch(each -> "flyer".equals(((JsonObject) each).getString("thread")));
    }

    private static List<String> names(ControlClient control) {
        return control.call("events").getArray("events").stream()
                .map(event -> ((JsonObject) event).getString("event"))
                .toList();
    }
}
