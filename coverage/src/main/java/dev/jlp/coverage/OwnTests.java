package dev.jlp.coverage;

import com.grack.nanojson.JsonArray;
import com.grack.nanojson.JsonObject;
import com.grack.nanojson.JsonParser;
import com.grack.nanojson.JsonParserException;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The fixed release's own test classes, in a JVM of the fixed release and in one of the vulnerable
 * release in which the whole patch is loaded after all tests have been run once, and disabled later.
 */
final class OwnTests {

    private static final String WAIT = "60s";

    private final Pair pair;
    private final List<String> tests;
    private final Path patch;
    private final ExerciseJvms jvms;

    /** @param tests the jar with the tests, then what they need */
    OwnTests(Pair pair, List<String> tests, Jdk jdk, List<String> flags, Path folder)
            throws IOException {
        this.pair = pair;
        this.tests = tests;
        this.patch = folder.resolve(pair.id() + "-whole.jlp");
        this.jvms = new ExerciseJvms(jdk, flags, folder);
    }

    /** The jars by the id of the pair. */
    static Map<String, List<String>> list() throws IOException {
        try (InputStream in = OwnTests.class.getResourceAsStream("tests.json")) {
            if (in == null) {
                throw new IOException("the list of tests is missing");
            }
            JsonObject document = JsonParser.object().from(in);
            Map<String, List<String>> list = new LinkedHashMap<>();
            document.keySet().forEach(pair -> list.put(pair, Pairs.strings(document, pair)));
            return list;
        } catch (JsonParserException broken) {
            throw new IOException("reading the list of tests", broken);
        }
    }

    /** What came of it; with {@code problem} if it did not come to a comparison. */
    JsonObject run() throws InterruptedException {
        JsonObject document = new JsonObject();
        try {
            JsonObject build = Jlp.run(Trials.build(pair, false, patch));
            if (build.getInt("exit") != 0) {
                document.put("problem", "not built: " + build.getString("message"));
                return document;
            }
            List<Map<String, String>> fixed = new ArrayList<>();
            try (ExerciseJvms.Running jvm = start("tests-fixed", "", pair.fixedPath())) {
                fixed.add(once(jvm, "first"));
                fixed.add(once(jvm, "second"));
            }
            String agent = "-javaagent:" + Shipped.agent();
            try (ExerciseJvms.Running jvm = start("tests-patched", agent, pair.vulnerablePath())) {
                Map<String, String> before = once(jvm, "before");
                order(document, "load", "--require-target", jvm.jvm().pid(), patch.toString());
                Map<String, String> after = once(jvm, "after");
                order(document, "disable", jvm.jvm().pid(), pair.id() + "-whole");
                compare(document, fixed, before, after, once(jvm, "disabled"));
            }
        } catch (IOException | RuntimeException broken) {
            document.put("problem", broken.toString());
        }
        return document;
    }

    private ExerciseJvms.Running start(String role, String agent, List<String> release)
            throws IOException, InterruptedException {
        List<String> path = new ArrayList<>(release);
        path.addAll(tests);
        return jvms.start(
                role,
                agent,
                path,
                ExerciseJvms.TESTS,
                Repository.jar(tests.get(0)).toString());
    }

    private static Map<String, String> once(ExerciseJvms.Running jvm, String name)
            throws IOException, InterruptedException {
        Path reports = Files.createDirectories(jvm.results().resolve(name));
        jvm.ask("run " + reports);
        Map<String, String> outcomes = TestReports.read(reports);
        if (outcomes.isEmpty()) {
            throw new IOException("JUnit found no tests, or did not run them");
        }
        return outcomes;
    }

    private static void order(JsonObject document, String command, String... arguments)
            throws IOException {
        List<String> line = new ArrayList<>(List.of(command, "--wait", WAIT));
        line.addAll(List.of(arguments));
        JsonObject answer = Jlp.run(line.toArray(String[]::new));
        document.put(command, answer);
        if (answer.getInt("exit") != 0) {
            throw new IOException("no " + command + ": " + answer.getString("message"));
        }
    }

    /** Compares tests that go the same way twice on the fixed release. */
    static void compare(
            JsonObject document,
            List<Map<String, String>> fixed,
            Map<String, String> before,
            Map<String, String> after,
            Map<String, String> disabled) {
        int compared = 0;
        int passed = 0;
        int toldApart = 0;
        int notTakenBack = 0;
        JsonArray differences = new JsonArray();
        for (Map.Entry<String, String> test : fixed.get(0).entrySet()) {
            String name = test.getKey();
            String wanted = test.getValue();
            if (!wanted.equals(fixed.get(1).get(name))) {
                continue;
            }
            String old = before.getOrDefault(name, "not found");
            String said = after.getOrDefault(name, "not found");
            compared++;
            passed += wanted.equals(TestReports.PASSED) ? 1 : 0;
            toldApart += wanted.equals(old) ? 0 : 1;
            notTakenBack += old.equals(disabled.getOrDefault(name, "not found")) ? 0 : 1;
            if (!said.equals(wanted)) {
                JsonObject one = new JsonObject();
                one.put("call", name);
                one.put("vulnerable", old);
                one.put("fixed", wanted);
                one.put("patched", said);
                differences.add(one);
            }
        }
        document.put("compared", compared);
        document.put("passed", passed);
        document.put("unsteady", fixed.get(0).size() - compared);
        document.put("toldApart", toldApart);
        document.put("notTakenBack", notTakenBack);
        document.put("described", differences);
    }
}
