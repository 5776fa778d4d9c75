package dev.jlp.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.grack.nanojson.JsonObject;

import dev.jlp.acceptance.RandomModel.Fix;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;

/**
 * One JVM that is patched at random. Which operations are tried depends on the seed alone: all that is
 * drawn for a round is drawn at its beginning.
 */
final class RandomRun implements AutoCloseable {

    /** What happens while a transition is held back. */
    private enum Course {
        PLAIN,
        BUSY,
        REVERSED,
        REVERSED_TWICE,
        FORCED,
        REVERSED_AND_FORCED,
        FORCED_AND_LEFT
    }

    private final RandomPatches patches;
    private final RandomModel model = new RandomModel();
    private final Random random;
    private final TargetJvm jvm;
    private final ControlClient control;
    private final List<String> story = new ArrayList<>();
    private final List<String> inside = new ArrayList<>();
    private int gates;
    private boolean tolerating;

    RandomRun(Jdk jdk, RandomPatches patches, long seed) {
        this.patches = patches;
        random = new Random(seed);
        jvm = TargetJvm.on(jdk)
                .option("-Xmx256m")
                .agent("conflicts=stack")
                .run("RandomTarget", Long.toString(seed), patches.original().toString());
        control = new ControlClient(jvm);
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
        Course course = Course.values()[random.nextInt(Course.values().length)];
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
        if (tolerating && inside.isEmpty()) {
            jvm.ask("tolerate nothing");
            tolerating = false;
        }
        verifyRest();
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
        boolean patched = load;
        boolean forced = false;
        if (course == Course.BUSY) {
            busy(other);
        } else if (course != Course.PLAIN) {
            boolean twice = course == Course.REVERSED_TWICE;
            boolean alone = course == Course.FORCED || course == Course.FORCED_AND_LEFT;
            hold();
            int turns = alone ? 0 : twice ? 2 : 1;
            for (int i = 0; i < turns; i++) {
                patched ^= did("reverse");
            }
            forced = course != Course.REVERSED && !twice && force();
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
            return true;
        } catch (ControlClient.Refused ended) {
            assertThat(ended.code()).isEqualTo("EINVAL");
            story.add("  " + verb + ": too late");
            return false;
        }
    }

    /** From here on nests may mix, until all who are inside have left. */
    private boolean force() {
        jvm.ask("tolerate force");
        tolerating = true;
        return did("force");
    }

    private void end(Course course, boolean forced) {
        List<String> mine = List.copyOf(inside);
        if (!forced) {
            release(mine);
        }
        control.await("no transition", status -> status.getObject("transition") == null);
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
        assertThat(List.of(code.split("\\|", -1))).as(what).contains(answer);
    }

    String stats() {
        return jvm.ask("stats");
    }

    @Override
    public void close() {
        jvm.close();
    }
}
