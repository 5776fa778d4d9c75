package dev.jlp.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What a JVM without metaspace can't stop half-way: a transition needs no class that is not there yet. */
@OnEveryJdk
final class OwnClassesTest {

    private final Shop shop;

    @TempDir
    private Path folder;

    OwnClassesTest(Jdk jdk) {
        shop = Shop.on(jdk);
    }

    @Test
    void once_a_patch_is_being_loaded_the_agent_has_all_its_classes() throws IOException {
        Path log = folder.resolve("classes.log");
        try (TargetJvm jvm =
                shop.startable().option("-Xlog:class+load:file=" + log).agent().run()) {
            ControlClient control = new ControlClient(jvm);
            jvm.enter("sleeper", "lib.Greeter", "hold", "hold");
            control.load(shop.patch());
            List<String> there = agentsClasses(log);

            control.call("reverse");
            jvm.ask("open hold");
            control.awaitState(Shop.PATCH, "disabled");
            control.unload(Shop.PATCH);
            control.load(shop.patch());
            control.awaitState(Shop.PATCH, "enabled");
            control.disable(Shop.PATCH);
            control.awaitState(Shop.PATCH, "disabled");

            assertThat(agentsClasses(log)).isEqualTo(there).hasSizeGreaterThan(500);
        }
    }

    private static List<String> agentsClasses(Path log) throws IOException {
        try (Stream<String> lines = Files.lines(log, StandardCharsets.UTF_8)) {
            return lines.filter(line -> line.contains(" dev.jlp."))
                    .filter(line -> !line.contains(" dev.jlp.acceptance."))
                    .toList();
        }
    }
}
