package dev.jlp.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.grack.nanojson.JsonObject;

import dev.jlp.acceptance.RandomModel.Fix;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Callable;

/**
 * One JVM that is patched at random. Which operations are tried depends on the seed alone: all that is
 * drawn for a round is drawn at its beginning.
 */
final class RandomRun implements AutoCloseable {

    /** What happens while a transition is held back. */
    private enum Course {
        PLAIN(0, false),
        BUSY(0, false),
        REVERSED(1, false),
        REVERSED_TWICE(2, false),
        FORCED(0, true),
        REVERSED_AND_FORCED(1, true),
        FORCED_AND_LEFT(0, true);

        private final int turns;
        private final boolean forces;

        Course(int turns, boolean forces) {
            this.turns = turns;
            this.forces = forces;
        }
    }

    private final RandomPatches patches;
    private final RandomModel model = new RandomModel();
    private final Random random;
    private final TargetJvm jvm;
    private final ControlClient control;
    private final List<String> story = new ArrayList<>();
    private final List<String> inside = new ArrayList<>();
    private int gates;
    private final Map<String, Integer> operations = new TreeMap<>();
    private final int forcesOneIn;

    /** Of so many transitions that are drawn to be forced, one is. */
    RandomRun(TargetJvm jvm, RandomPatches patches, long seed, int forcesOneIn) {
        this.jvm = jvm;
        this.patches = patches;
        this.forcesOneIn = forcesOneIn;
        random = new Random(seed);
        control = new ControlClient(jvm);
    }

    /** With an agent that takes patches as the model does. */
    static TargetJvm.Start startable(Jdk jdk) {
        return TargetJvm.on(jdk).agent("conflicts=stack");
    }

    /** How often each kind of operation was done or refused. */
    Map<String, Integer> operations() {
        return Map.copyOf(operations);
    }

    /** What was done so far. */
    String story() {
        return String.join("\n", story);
    }

    /** Too few patches are left that may still be loaded. */
    boolean isWornOut() {
        return model.pinned() > RandomPatches.ALL.size() / 2;
    }

    void round() {
        int dice = random.nextInt(20);
        Fix fix = any();
        Fix other = any();
        Course course = course();
        List<String> left = List.copyOf(inside);
        if (dice < 10) {
            transition("load", fix, model.againstLoad(fix), course, other);
        } else if (dice < 16) {
            transition("disable", fix, model.againstDisable(fix), course, other);
        } else if (dice < 18) {
            unload(fix);
        } else {
            expect(
                    "EINVAL",
                    dice == 18 ? "reverse" : "force",
                    () -> control.call(dice == 18 ? "reverse" : "force"));
        }
        release(left);
        verifyRest();
    }

    private Course course() {
        Course course = Course.values()[random.nextInt(Course.values().length)];
        boolean rarely = forcesOneIn > 1 && random.nextInt(forcesOneIn) > 0;
        return rarely && course.forces ? Course.REVERSED : course;
    }

    private Fix any() {
        return RandomPatches.ALL.get(random.nextInt(RandomPatches.ALL.size()));
    }

    private void unload(Fix fix) {
        String refused = model.againstUnload(fix);
        expect(refused, "unload " + fix.name(), () -> control.unload(fix.name()));
        if (refused.isEmpty()) {
            model.unloaded(fix);
        }
    }

    private void transition(String verb, Fix fix, String refused, Course course, Fix other) {
        boolean load = verb.equals("load");
        List<Fix> before = model.active();
        List<Fix> after = load ? model.afterLoad(fix) : model.afterDisable(fix);
        if (refused.isEmpty()) {
            if (course != Course.PLAIN) {
                hold();
            }
            jvm.ask("allow " + RandomModel.bodies(before) + " " + RandomModel.bodies(after));
        }
        expect(refused, verb + " " + fix.name() + " " + course, () -> start(load, fix));
        if (!refused.isEmpty()) {
            return;
        }
        if (load && after.size() <= before.size()) {
            count("replace");
        }
        boolean patched = load;
        boolean forced = false;
        if (course == Course.BUSY) {
            busy(other);
        } else if (course != Course.PLAIN) {
            hold();
            for (int i = 0; i < course.turns; i++) {
                patched ^= did("reverse");
            }
            forced = course.forces && force();
        }
        end(course, forced);
        if (load) {
            model.loaded(fix, patched, forced);
        } else {
            model.disabled(fix, patched, forced);
        }
    }

    private JsonObject start(boolean load, Fix fix) {
        JsonObject allowed = new JsonObject();
        allowed.put("allow-drop", true);
        allowed.put("allow-downgrade", true);
        return load ? control.load(patches.artifact(fix), allowed) : control.disable(fix.name());
    }

    /** While somebody is inside an old body nothing else begins. */
    private void busy(Fix other) {
        String taken = model.againstLoad(other);
        expect(
                taken.isEmpty() ? "EBUSY|EEXIST" : taken,
                "load " + other.name(),
                () -> start(true, other));
        String gone = model.againstDisable(other);
        expect(
                gone.isEmpty() ? "EBUSY" : gone + "|EBUSY",
                "disable " + other.name(),
                () -> start(false, other));
    }

    /** It may have come to its end before it was asked to turn round or to be forced. */
    private boolean did(String verb) {
        try {
            control.call(verb);
            story.add("  " + verb);
            count(verb);
            return true;
        } catch (ControlClient.Refused ended) {
            assertThat(ended.code()).isEqualTo("EINVAL");
            story.add("  " + verb + ": too late");
            return false;
        }
    }

    /** A nest that is on its way between here and the end of the transition may mix. */
    private boolean force() {
        jvm.ask("tolerate force");
        return did("force");
    }

    private void end(Course course, boolean forced) {
        List<String> mine = List.copyOf(inside);
        if (!forced) {
            release(mine);
        }
        control.await("no transition", status -> status.getObject("transition") == null);
        if (course.forces) {
            jvm.ask("tolerate nothing");
        }
        if (course != Course.FORCED_AND_LEFT) {
            release(mine);
        }
    }

    private void hold() {
        String gate = "gate-" + ++gates;
        jvm.ask("hold " + gate);
        inside.add(gate);
    }

    private void release(List<String> gatesToOpen) {
        for (String gate : gatesToOpen) {
            if (inside.remove(gate)) {
                jvm.ask("release " + gate);
            }
        }
    }

    /** At rest: the list is the model's, and so are the bodies that all threads run. */
    private void verifyRest() {
        List<String> listed = control.status().getArray("patches").stream()
                .map(JsonObject.class::cast)
                .map(RandomRun::line)
                .toList();
        assertThat(listed).as("the patches").isEqualTo(model.lines());
        jvm.ask("allow " + RandomModel.bodies(model.active()));
        assertThat(jvm.ask("more 100")).as("the nests").contains(" wrong=0 ");
    }

    /** No fault of the agent was contained, and every class that came could be patched. */
    void verifyUnharmed() {
        assertThat(control.status().getObject("agent").getArray("warnings"))
                .as("faults")
                .isEmpty();
        assertThat(control.events("exposed")).as("exposed").isEmpty();
    }

    private static String line(JsonObject patch) {
        return patch.getString("name") + " " + patch.getString("state") + " "
                + patch.getInt("stack_order") + (patch.getInt("force") == 1 ? " forced" : "");
    }

    /** Does it and compares the code; empty for none, several with a bar between them. */
    private void expect(String code, String what, Callable<JsonObject> operation) {
        String answer = "";
        String message = "";
        try {
            operation.call();
        } catch (ControlClient.Refused refused) {
            answer = refused.code();
            message = refused.getMessage();
        } catch (Exception failed) {
            throw new AssertionError(what, failed);
        }
        story.add(what + (message.isEmpty() ? "" : ": " + message));
        count(message.isEmpty() ? what.substring(0, (what + " ").indexOf(' ')) : "refused");
        assertThat(List.of(code.split("\\|", -1))).as(what).contains(answer);
    }

    private void count(String kind) {
        operations.merge(kind, 1, Integer::sum);
    }

    String stats() {
        return jvm.ask("stats");
    }

    @Override
    public void close() {
        jvm.close();
    }
}
