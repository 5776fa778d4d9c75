package dev.jlp.cli;

import com.grack.nanojson.JsonArray;
import com.grack.nanojson.JsonObject;

import dev.jlp.control.ControlProblem;
import dev.jlp.patch.CallbackClass;
import dev.jlp.patch.ClassPatch;
import dev.jlp.patch.MethodPatch;
import dev.jlp.patch.Patch;
import dev.jlp.patch.PatchFile;
import dev.jlp.patch.State;
import dev.jlp.patch.Target;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;

/** What a patch changes, method by method, and what it leaves out. */
@Command(
        name = "inspect",
        description = "Shows what a patch changes, method by method, and what it does not do.",
        mixinStandardHelpOptions = true)
final class InspectCommand implements Callable<Integer> {

    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(paramLabel = "PATCH", description = "The artifact.")
    private String file = "";

    @Option(
            names = {"-v", "--verbose"},
            description = "Shows what each new body links to.")
    private boolean verbose;

    @Option(names = "--json", description = "One JSON document on standard output.")
    private boolean json;

    @Override
    public Integer call() throws ControlProblem {
        byte[] artifact = Artifacts.bytes(file);
        Patch patch = Artifacts.parse(file, artifact);
        String digest = PatchFile.digest(artifact);
        if (spec != null) {
            PrintWriter out = spec.commandLine().getOut();
            if (json) {
                Documents.print(document(patch, digest), out);
            } else {
                out.print(text(patch, digest, verbose));
            }
        }
        return 0;
    }

    static JsonObject document(Patch patch, String digest) {
        JsonObject document = Documents.of("name", patch.name());
        document.put("version", patch.version().text());
        document.put("digest", digest);
        document.put("replace", patch.replace().word());
        document.put("replace_set", patch.replaceSet());
        document.put("supersedes", new JsonArray(patch.supersedes()));
        JsonArray states = new JsonArray();
        for (State state : patch.states()) {
            JsonObject one = Documents.of("id", state.id());
            one.put("version", state.version());
            states.add(one);
        }
        document.put("states", states);
        document.put("tool", patch.tool());
        document.put("changes", ChangeText.json(patch.changes()));
        document.put("notes", new JsonArray(patch.notes()));
        JsonArray targets = new JsonArray();
        for (Target target : patch.targets()) {
            targets.add(target(target));
        }
        document.put("targets", targets);
        return document;
    }

    private static JsonObject target(Target target) {
        JsonObject one = Documents.of("name", target.name());
        one.put("original", provenance(target.original()));
        one.put("fixed", provenance(target.fixed()));
        JsonArray classes = new JsonArray();
        for (ClassPatch changed : target.classes()) {
            JsonArray methods = new JsonArray();
            changed.methods().forEach(method -> methods.add(method(method)));
            JsonObject type = Documents.of("name", dotted(changed.name()));
            type.put("methods", methods);
            classes.add(type);
        }
        one.put("classes", classes);
        JsonArray added = new JsonArray();
        target.added().forEach(type -> added.add(dotted(type.name())));
        one.put("added", added);
        JsonArray callbacks = new JsonArray();
        entries(target).forEach(type -> callbacks.add(dotted(type.name())));
        one.put("callbacks", callbacks);
        return one;
    }

    private static JsonObject method(MethodPatch method) {
        JsonObject one = Documents.of("name", method.id().name());
        one.put("descriptor", method.id().descriptor());
        one.put("verdict", method.quiesce() ? "quiesce" : "done");
        one.put("before", method.before());
        one.put("after", method.after());
        JsonArray links = new JsonArray();
        method.links().forEach(link -> links.add(link.toString()));
        one.put("links", links);
        return one;
    }

    private static JsonObject provenance(Target.Provenance provenance) {
        JsonObject one = Documents.of("artifact", provenance.artifact());
        one.put("sha256", provenance.sha256());
        return one;
    }

    static String text(Patch patch, String digest, boolean verbose) {
        StringBuilder text = new StringBuilder();
        text.append('\'')
                .append(patch.name())
                .append("' ")
                .append(patch.version().text());
        text.append(
                switch (patch.replace()) {
                    case SET -> ", replaces patches of its set '" + patch.replaceSet() + "'";
                    case ALL -> ", replaces all patches";
                    case NONE -> ", replaces no patch";
                });
        text.append("\nsha256 ")
                .append(digest)
                .append(", built by ")
                .append(patch.tool())
                .append('\n');
        if (!patch.supersedes().isEmpty()) {
            text.append("supersedes ")
                    .append(String.join(", ", patch.supersedes()))
                    .append('\n');
        }
        for (State state : patch.states()) {
            text.append("state ").append(state.id()).append(", version ");
            text.append(state.version()).append('\n');
        }
        for (Target target : patch.targets()) {
            text.append("target ").append(target.name()).append(": ");
            text.append(target.original().artifact())
                    .append(" -> ")
                    .append(target.fixed().artifact());
            text.append('\n').append(InspectText.target(patch, target, verbose));
        }
        return text.append(InspectText.notDone(patch)).toString();
    }

    static List<CallbackClass> entries(Target target) {
        return target.callbacks().stream().filter(CallbackClass::entry).toList();
    }

    static String dotted(String internalName) {
        return internalName.replace('/', '.');
    }
}
