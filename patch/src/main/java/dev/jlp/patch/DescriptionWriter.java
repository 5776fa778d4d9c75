package dev.jlp.patch;

import com.grack.nanojson.JsonStringWriter;
import com.grack.nanojson.JsonWriter;

import java.util.List;
import java.util.Locale;
import java.util.SortedMap;

/** Writes {@code META-INF/jlp/patch.json}; {@link DescriptionReader} is its other half. */
final class DescriptionWriter {

    static final int SCHEMA = 1;

    private DescriptionWriter() {}

    static String write(Patch patch, SortedMap<String, String> digests) {
        JsonStringWriter json = JsonWriter.indent(" ").string();
        json.object()
                .value("schema", SCHEMA)
                .value("tool", patch.tool())
                .value("name", patch.name())
                .value("version", patch.version().text())
                .value("replace", patch.replace().word())
                .value("replace_set", patch.replaceSet());
        strings(json, "supersedes", patch.supersedes());
        strings(json, "notes", patch.notes());
        json.array("states");
        for (State state : patch.states()) {
            json.object()
                    .value("id", state.id())
                    .value("version", state.version())
                    .end();
        }
        json.end();
        if (!patch.changes().isEmpty()) {
            json.array("changes");
            patch.changes().forEach(change -> change(json, change));
            json.end();
        }
        json.array("targets");
        patch.targets().forEach(target -> target(json, target));
        json.end().object("digests");
        digests.forEach(json::value);
        json.end().end();
        return json.done();
    }

    private static void change(JsonStringWriter json, Difference change) {
        json.object()
                .value("target", change.target())
                .value("class", change.className())
                .value("member", change.member())
                .value("kind", change.kind())
                .value("verdict", change.verdict().word())
                .value("taken", change.taken())
                .value("reason", change.reason())
                .end();
    }

    private static void target(JsonStringWriter json, Target target) {
        json.object().value("name", target.name());
        provenance(json, "original", target.original());
        provenance(json, "fixed", target.fixed());
        json.array("classes");
        for (ClassPatch type : target.classes()) {
            json.object().value("name", type.name());
            if (type.tellsReleases()) {
                json.value("fixed", type.fixed());
            }
            json.array("methods");
            type.methods().forEach(method -> method(json, method));
            json.end().end();
        }
        json.end();
        strings(json, "added", target.added().stream().map(AddedClass::name).toList());
        if (!target.callbacks().isEmpty()) {
            json.array("callbacks");
            for (CallbackClass type : target.callbacks()) {
                json.object()
                        .value("name", type.name())
                        .value("entry", type.entry())
                        .end();
            }
            json.end();
        }
        json.end();
    }

    private static void provenance(JsonStringWriter json, String key, Target.Provenance from) {
        json.object(key)
                .value("artifact", from.artifact())
                .value("sha256", from.sha256())
                .end();
    }

    private static void method(JsonStringWriter json, MethodPatch method) {
        json.object()
                .value("name", method.id().name())
                .value("descriptor", method.id().descriptor())
                .value("before", method.before())
                .value("after", method.after())
                .value("quiesce", method.quiesce())
                .array("links");
        for (Link link : method.links()) {
            json.object()
                    .value("kind", link.kind().name().toLowerCase(Locale.ROOT))
                    .value("owner", link.owner())
                    .value("name", link.name())
                    .value("descriptor", link.descriptor())
                    .end();
        }
        json.end().end();
    }

    private static void strings(JsonStringWriter json, String key, List<String> values) {
        json.array(key);
        values.forEach(json::value);
        json.end();
    }
}
