package dev.jlp.coverage;

import com.grack.nanojson.JsonArray;
import com.grack.nanojson.JsonObject;
import com.grack.nanojson.JsonParser;
import com.grack.nanojson.JsonParserException;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The list of this room.
 *
 * @param jvmFlags that the demonstrations need
 * @param all in the order of the list
 */
record Pairs(List<String> jvmFlags, List<Pair> all) {

    static Pairs read() throws IOException {
        try (InputStream in = Pairs.class.getResourceAsStream("pairs.json")) {
            if (in == null) {
                throw new IOException("the list of pairs is missing");
            }
            return of(JsonParser.object().from(in));
        } catch (JsonParserException broken) {
            throw new IOException("reading the list of pairs", broken);
        }
    }

    static Pairs of(JsonObject document) throws IOException {
        List<Pair> pairs = new ArrayList<>();
        Set<String> ids = new LinkedHashSet<>();
        for (Object each : document.getArray("pairs")) {
            Pair pair = pair((JsonObject) each);
            if (!ids.add(pair.id())) {
                throw new IOException("the list has the pair '" + pair.id() + "' twice");
            }
            pairs.add(pair);
        }
        return new Pairs(strings(document, "jvmFlags"), List.copyOf(pairs));
    }

    /** These, or all if none is named. */
    List<Pair> only(List<String> ids) throws IOException {
        if (ids.isEmpty()) {
            return all;
        }
        List<Pair> chosen = all.stream().filter(pair -> ids.contains(pair.id())).toList();
        for (String id : ids) {
            if (chosen.stream().noneMatch(pair -> pair.id().equals(id))) {
                throw new IOException("the list has no pair '" + id + "'");
            }
        }
        return chosen;
    }

    /** The last pair of each artifact that has a demonstration, so that all that it needs is named. */
    List<Pair> oneOfEachArtifact() {
        Map<String, Pair> last = new LinkedHashMap<>();
        all.stream().filter(Pair::hasDemo).forEach(pair -> last.put(pair.artifact(), pair));
        return List.copyOf(last.values());
    }

    private static Pair pair(JsonObject from) throws IOException {
        Pair pair = new Pair(
                from.getString("id", ""),
                strings(from, "cves"),
                from.getString("artifact", ""),
                from.getString("vulnerable", ""),
                from.getString("fixed", ""),
                from.getString("demo", ""),
                strings(from, "dependencies"),
                strings(from, "fixedDependencies"),
                strings(from, "minimal"),
                strings(from, "anew"));
        int fixed = pair.fixedDependencies().size();
        if (fixed != 0 && fixed != pair.dependencies().size()) {
            throw new IOException(
                    "the pair '" + pair.id() + "' has not as many fixed dependencies as others");
        }
        return pair;
    }

    static List<String> strings(JsonObject from, String name) {
        return from.getArray(name, new JsonArray()).stream()
                .map(String::valueOf)
                .toList();
    }
}
