package dev.jlp.acceptance;

import com.grack.nanojson.JsonObject;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A state directory of a test's own, with its folder of installed patches. */
record Installation(Path state) {

    Installation() {
        this(Workplace.fresh().resolve("state"));
    }

    Path patches() {
        return state.resolve("patches");
    }

    Exec jlp(String command, String operand) {
        return Jlp.run(command, operand, "--directory", patches().toString());
    }

    JsonObject install(Path patch) {
        return Jlp.json("install", patch.toString(), "--directory", patches().toString());
    }

    /** What the agent is told. */
    String[] keys(String... more) {
        List<String> keys = new ArrayList<>(List.of("state=" + state));
        Collections.addAll(keys, more);
        return keys.toArray(String[]::new);
    }
}
