package dev.jlp.builder;

import com.grack.nanojson.JsonArray;
import com.grack.nanojson.JsonObject;

import dev.jlp.patch.AddedClass;
import dev.jlp.patch.ClassPatch;
import dev.jlp.patch.MethodId;
import dev.jlp.patch.MethodPatch;
import dev.jlp.patch.Patch;
import dev.jlp.patch.Target;

import org.objectweb.asm.Type;

import java.util.ArrayList;
import java.util.List;

/** What a patch does, read from the artifact alone: for people and for scripts. */
public final class PatchReport {

    private PatchReport() {}

    /** Header, origin, then method by method what happens, and what was left out. */
    public static String text(Patch patch) {
        List<String> lines = new ArrayList<>();
        lines.add("patch '" + patch.name() + "' version " + patch.version() + ", replaces: "
                + replaces(patch));
        if (!patch.supersedes().isEmpty()) {
            lines.add("supersedes " + String.join(", ", patch.supersedes()));
        }
        lines.add("built by " + patch.tool());
        for (Target target : patch.targets()) {
            lines.add("");
            lines.add("target " + target.name());
            lines.add("  original " + origin(target.original()));
            lines.add("  fixed    " + origin(target.fixed()));
            for (ClassPatch type : target.classes()) {
                lines.add("  class " + dotted(type.name()));
                for (MethodPatch method : type.methods()) {
                    lines.add("    " + readable(type.name(), method.id()) + ": " + what(method));
                }
            }
            for (AddedClass added : target.added()) {
                lines.add("  class " + dotted(added.name()) + ": added");
            }
        }
        if (!patch.notes().isEmpty()) {
            lines.add("");
            lines.add("notes");
            patch.notes().forEach(note -> lines.add("  - " + note));
        }
        return String.join("\n", lines) + "\n";
    }

    /** The same as data. */
    public static JsonObject json(Patch patch) {
        JsonArray targets = new JsonArray();
        patch.targets().forEach(target -> targets.add(json(target)));
        JsonObject json = new JsonObject();
        json.put("name", patch.name());
        json.put("version", patch.version().text());
        json.put("replace", patch.replace().word());
        json.put("replace_set", patch.replaceSet());
        json.put("supersedes", new JsonArray(patch.supersedes()));
        json.put("tool", patch.tool());
        json.put("targets", targets);
        json.put("notes", new JsonArray(patch.notes()));
        return json;
    }

    private static JsonObject json(Target target) {
        JsonArray classes = new JsonArray();
        for (ClassPatch type : target.classes()) {
            JsonArray methods = new JsonArray();
            type.methods().forEach(method -> methods.add(json(method)));
            JsonObject json = new JsonObject();
            json.put("name", dotted(type.name()));
            json.put("methods", methods);
            classes.add(json);
        }
        JsonArray added = new JsonArray();
        target.added().forEach(type -> added.add(dotted(type.name())));
        JsonObject json = new JsonObject();
        json.put("name", target.name());
        json.put("original", json(target.original()));
        json.put("fixed", json(target.fixed()));
        json.put("classes", classes);
        json.put("added", added);
        return json;
    }

    private static JsonObject json(MethodPatch method) {
        JsonArray links = new JsonArray();
        method.links().forEach(link -> links.add(link.toString()));
        JsonObject json = new JsonObject();
        json.put("name", method.id().name());
        json.put("descriptor", method.id().descriptor());
        json.put("before", method.before());
        json.put("after", method.after());
        json.put("quiesce", method.quiesce());
        json.put("verdict", what(method));
        json.put("links", links);
        return json;
    }

    private static JsonObject json(Target.Provenance from) {
        JsonObject json = new JsonObject();
        json.put("artifact", from.artifact());
        json.put("sha256", from.sha256());
        return json;
    }

    private static String replaces(Patch patch) {
        return switch (patch.replace()) {
            case SET -> "active patches of the set '" + patch.replaceSet() + "'";
            case ALL -> "every active patch";
            case NONE -> "nothing (set '" + patch.replaceSet() + "')";
        };
    }

    private static String origin(Target.Provenance from) {
        return from.artifact() + ", sha256 " + from.sha256();
    }

    private static String what(MethodPatch method) {
        if (method.quiesce()) {
            return "keeps its body, must be off every stack";
        }
        String name = method.id().name();
        if (name.startsWith("lambda$") || name.startsWith("access$")) {
            return "new body, compiler-made";
        }
        return name.equals("<init>") ? "new body, for objects made from then on" : "new body";
    }

    /** {@code open(String, int)}; a constructor has its class's name. */
    private static String readable(String className, MethodId id) {
        String name = id.name();
        if (name.equals("<init>")) {
            name = className.substring(
                    Math.max(className.lastIndexOf('/'), className.lastIndexOf('$')) + 1);
        }
        List<String> arguments = new ArrayList<>();
        for (Type argument : Type.getArgumentTypes(id.descriptor())) {
            String type = argument.getClassName();
            arguments.add(type.substring(type.lastIndexOf('.') + 1));
        }
        return name + "(" + String.join(", ", arguments) + ")";
    }

    private static String dotted(String name) {
        return name.replace('/', '.');
    }
}
