package dev.jlp.runtime;

import com.grack.nanojson.JsonArray;
import com.grack.nanojson.JsonObject;

import dev.jlp.bridge.JlpThreadIds;
import dev.jlp.engine.Life;
import dev.jlp.engine.PatchEntry;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/** Status as data, in the shapes of {@code docs/control-protocol.md}. Used by the worker only. */
final class Documents {

    private static final int FRAMES_SHOWN = 12;
    private static final int BLOCKERS_SHOWN = 100;
    private static final String VERSION = "0.1.0";

    private final Livepatch livepatch;
    private final Installed installed;
    private final Confirmations confirmations;
    private final boolean attached;

    Documents(
            Livepatch livepatch,
            Installed installed,
            Confirmations confirmations,
            boolean attached) {
        this.livepatch = livepatch;
        this.installed = installed;
        this.confirmations = confirmations;
        this.attached = attached;
    }

    JsonObject ping() {
        JsonObject document = jvm();
        JsonArray active = new JsonArray();
        for (PatchEntry entry : livepatch.list().active()) {
            active.add(entry.name() + " " + entry.version());
        }
        document.put("patches", active);
        document.put("transition", transition());
        return document;
    }

    private JsonObject jvm() {
        JsonObject document = new JsonObject();
        document.put("pid", ProcessHandle.current().pid());
        document.put("jdk", System.getProperty("java.version", "?"));
        JsonObject agent = new JsonObject();
        agent.put("version", VERSION);
        agent.put("started", attached ? "attach" : "premain");
        agent.put("warnings", new JsonArray(agentWarnings()));
        document.put("agent", agent);
        return document;
    }

    List<String> agentWarnings() {
        List<String> warnings = new ArrayList<>(Contained.faults());
        warnings.addAll(unlistedThreads());
        if (!JlpThreadIds.exact()) {
            warnings.add(
                    "thread ids can't be read from the JVM: threads that override getId are not seen");
        }
        return warnings;
    }

    private static List<String> unlistedThreads() {
        return Jvm.tracksVirtualThreads()
                ? List.of()
                : List.of(
                        "virtual threads can't be listed (jdk.trackAllThreads=false): nothing but force completes a transition");
    }

    JsonObject transitionName() {
        Running now = livepatch.running();
        return Commands.object("patch", now == null ? "" : now.patch.name());
    }

    String goal() {
        Running now = livepatch.running();
        return now == null ? "" : now.state.goal().word();
    }

    @Nullable
    JsonObject transition() {
        Running now = livepatch.running();
        if (now == null) {
            return null;
        }
        JsonObject document = Commands.object("patch", now.patch.name());
        document.put("version", now.patch.version());
        document.put("operation", now.state.operation().word());
        document.put("goal", now.state.goal().word());
        document.put("phase", now.state.phase().word());
        document.put("reversals", now.state.reversals());
        document.put("renewals", now.switching.renewals());
        document.put("forced", now.state.forced());
        document.put("seconds", (System.nanoTime() - now.startNanos) / 1e9);
        document.put("threads", now.switching.threads());
        document.put("pending", now.switching.pending());
        if (!Jvm.tracksVirtualThreads()) {
            document.put(
                    "unlisted", "virtual threads that can't be listed (jdk.trackAllThreads=false)");
        }
        return document;
    }

    JsonObject status(String name) {
        JsonObject document = jvm();
        JsonArray taint = new JsonArray();
        for (Taints.Taint each : livepatch.taints().all()) {
            JsonObject line = Commands.object("patch", each.patch());
            line.put("version", each.version());
            line.put("time", each.time().toString());
            line.put("user", each.user());
            line.put("loads", each.loads());
            taint.add(line);
        }
        document.put("taint", taint);
        document.put("transition", transition());
        JsonArray patches = new JsonArray();
        for (PatchEntry entry : livepatch.list().entries()) {
            if (name.isEmpty() || name.equals(entry.name())) {
                JsonObject patch = patch(entry);
                patch.put("targets", new TargetDocuments(livepatch).of(entry));
                patches.add(patch);
            }
        }
        document.put("patches", patches);
        document.put("installed", installed.document());
        document.put("blockers", blockers());
        document.put("shadow", shadow());
        document.put("callbacks", livepatch.callbacks().calls().document());
        Totals totals = livepatch.totals();
        JsonObject times = Commands.object("last_load_seconds", totals.lastSeconds);
        times.put("arm_ms", totals.armMillis);
        times.put("finalise_ms", totals.finaliseMillis);
        times.put("stack_batch_ms_max", totals.batchMillisMax);
        document.put("totals", times);
        return document;
    }

    /** How many objects have a shadow variable, by id. */
    private JsonArray shadow() {
        JsonArray ids = new JsonArray();
        livepatch.world().api().shadowVariables().forEach((id, variables) -> {
            JsonObject line = Commands.object("id", id);
            line.put("variables", variables);
            ids.add(line);
        });
        return ids;
    }

    JsonObject list() {
        JsonArray patches = new JsonArray();
        livepatch.list().entries().forEach(entry -> patches.add(patch(entry)));
        JsonObject document = Commands.object("patches", patches);
        document.put("installed", installed.document());
        return document;
    }

    private JsonObject patch(PatchEntry entry) {
        Running now = livepatch.running();
        boolean inTransition = now != null && now.patch.name().equals(entry.name());
        JsonObject document = Commands.object("name", entry.name());
        document.put("version", entry.version().text());
        document.put("digest", entry.digest());
        document.put("replace", entry.rule().replace().word());
        document.put("replace_set", entry.rule().set());
        document.put("stack_order", livepatch.list().stackOrder(entry.name()));
        document.put(
                "enabled", entry.life() == Life.ENABLED || entry.life() == Life.ENABLING ? 1 : 0);
        document.put("transition", inTransition ? 1 : 0);
        document.put("force", entry.forced() ? 1 : 0);
        document.put("state", state(entry));
        confirmations
                .secondsLeft(entry.name())
                .ifPresent(left -> document.put("confirm_seconds", left));
        LoadedPatch loaded = livepatch.patches().get(entry.name());
        document.put("loaded", loaded == null ? "" : loaded.loaded().toString());
        return document;
    }

    private String state(PatchEntry entry) {
        return entry.life() == Life.ENABLED && !livepatch.world().touches(entry.name())
                ? "waiting"
                : entry.life().word();
    }

    static JsonObject classDocument(PatchedClass type, Verdict.OfClass verdict) {
        JsonObject document = Commands.object("name", type.name().replace('/', '.'));
        document.put("verdict", verdict.verdict().word());
        JsonArray methods = new JsonArray();
        verdict.methods().forEach((id, found) -> {
            JsonObject method = Commands.object("name", id.name());
            method.put("descriptor", id.descriptor());
            method.put("verdict", found.verdict().word());
            method.put("detail", found.detail());
            methods.add(method);
        });
        document.put("methods", methods);
        return document;
    }

    private JsonArray blockers() {
        JsonArray blockers = new JsonArray();
        Running now = livepatch.running();
        if (now == null) {
            return blockers;
        }
        List<Switching.Blocker> shown =
                now.switching.blockers().stream().limit(BLOCKERS_SHOWN).toList();
        WaitedFor locks =
                WaitedFor.by(shown.stream().map(Switching.Blocker::seen).toList());
        for (Switching.Blocker each : shown) {
            JsonObject document = blocker(each);
            locks.describe(each.seen().id(), document);
            blockers.add(document);
        }
        return blockers;
    }

    private static JsonObject blocker(Switching.Blocker blocker) {
        StackTraceElement frame = blocker.finding().frame();
        JsonObject document = Commands.object("thread", blocker.seen().thread().getName());
        document.put("id", blocker.seen().id());
        document.put("virtual", blocker.look().virtual());
        document.put("state", blocker.look().state().name());
        document.put("since", (System.nanoTime() - blocker.sinceNanos()) / 1e9);
        document.put(
                "method", frame == null ? "" : frame.getClassName() + "." + frame.getMethodName());
        JsonArray frames = new JsonArray();
        blocker.look().frames().stream()
                .limit(FRAMES_SHOWN)
                .forEach(each -> frames.add(each.toString()));
        document.put("frames", frames);
        document.put("line_known", frame != null && showsLine(frame));
        document.put("why", blocker.finding().why());
        return document;
    }

    /** A frame older than a redefinition of its class may keep its line, but not the file beside it. */
    private static boolean showsLine(StackTraceElement frame) {
        return frame.getFileName() != null && frame.getLineNumber() >= 0;
    }

    JsonObject threads() {
        Running now = livepatch.running();
        JsonArray threads = new JsonArray();
        for (Thread thread : livepatch.platform().all()) {
            threads.add(thread(thread, false, now));
        }
        for (Thread thread : livepatch.virtual().all()) {
            threads.add(thread(thread, true, now));
        }
        JsonObject document = Commands.object("threads", threads);
        document.put("transition", transition());
        return document;
    }

    private static JsonObject thread(Thread thread, boolean virtual, @Nullable Running now) {
        long id = JlpThreadIds.of(thread);
        JsonObject document = Commands.object("id", id);
        document.put("name", thread.getName());
        document.put("virtual", virtual);
        document.put("state", ThreadFacts.state(thread).name());
        if (now == null) {
            document.put("patch_state", -1);
            document.put("cleared", true);
            document.put("holds", "");
            document.put("why", "");
            return document;
        }
        Switching.ThreadView view = now.switching.view(id);
        Switching.Blocker blocker = view.blocker();
        StackTraceElement frame = blocker == null ? null : blocker.finding().frame();
        boolean isNew = view.universe();
        document.put(
                "patch_state",
                isNew == (now.state.operation().goal(false) == dev.jlp.engine.Goal.PATCHED)
                        ? 1
                        : 0);
        document.put("cleared", view.done());
        document.put(
                "holds", frame == null ? "" : frame.getClassName() + "." + frame.getMethodName());
        document.put("why", blocker == null ? "" : blocker.finding().why());
        return document;
    }

    /** What is not as an operator would expect after a load. */
    List<String> warnings(LoadAnswer answer) {
        List<String> warnings = new ArrayList<>(answer.warnings());
        warnings.addAll(unlistedThreads());
        for (PatchedClass type : answer.examination().verdicts().keySet()) {
            var change = answer.patch().classes().get(type.name());
            if (change != null && Examiner.differsOnDisk(type, change)) {
                warnings.add("'" + type.name().replace('/', '.')
                        + "' on disk is not what this JVM has loaded");
            }
        }
        if (attached && Jvm.feature() < 20) {
            warnings.add(
                    "the agent was attached late: this JVM recompiles its code after the first redefinition;"
                            + " -javaagent avoids that");
        }
        return warnings;
    }
}
