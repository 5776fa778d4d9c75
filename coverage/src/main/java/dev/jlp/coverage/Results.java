package dev.jlp.coverage;

import com.grack.nanojson.JsonObject;
import com.grack.nanojson.JsonParser;
import com.grack.nanojson.JsonParserException;
import com.grack.nanojson.JsonWriter;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One JSON document for each pair and step, so that a run can be taken up again. */
final class Results {

    private final Path folder;

    Results(Path folder) throws IOException {
        this.folder = Files.createDirectories(folder);
    }

    void write(Pair pair, String step, JsonObject document) throws IOException {
        Files.writeString(
                file(pair, step),
                JsonWriter.indent("  ").string().value(document).done() + "\n",
                StandardCharsets.UTF_8);
    }

    Optional<JsonObject> read(Pair pair, String step) throws IOException {
        Path file = file(pair, step);
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(JsonParser.object().from(Files.readString(file)));
        } catch (JsonParserException broken) {
            throw new IOException("reading '" + file + "'", broken);
        }
    }

    /** The builds of one sort, {@code whole} or {@code minimal}, that were done. */
    Map<String, BuildReport> builds(List<Pair> pairs, String sort) throws IOException {
        Map<String, BuildReport> reports = new LinkedHashMap<>();
        for (Pair pair : pairs) {
            Optional<JsonObject> report =
                    read(pair, "build").map(document -> document.getObject(sort));
            report.ifPresent(document -> reports.put(pair.id(), BuildReport.of(document)));
        }
        return reports;
    }

    private Path file(Pair pair, String step) {
        return folder.resolve(pair.id() + "-" + step + ".json");
    }
}
