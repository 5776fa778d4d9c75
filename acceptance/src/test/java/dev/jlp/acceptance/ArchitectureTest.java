package dev.jlp.acceptance;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.lang.ArchRule;

import org.junit.jupiter.api.Test;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** Who may use whom: the table of the rooms, over the class files that were just built. */
final class ArchitectureTest {

    private static final List<String> ROOMS = List.of(
            "api",
            "patch",
            "control",
            "agent/bridge",
            "agent/desugar",
            "agent/engine",
            "agent/weaver",
            "agent/runtime",
            "agent/launcher",
            "builder",
            "cli");
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .importLocations(ROOMS.stream()
                    .map(room -> Shipped.root().resolve(room).resolve("target/classes"))
                    .filter(Files::isDirectory)
                    .map(Path::toUri)
                    .map(Location::of)
                    .toList());

    @Test
    void api_uses_nobody() {
        check("api");
    }

    @Test
    void patch_uses_nobody() {
        check("patch");
    }

    @Test
    void control_uses_nobody() {
        check("control");
    }

    @Test
    void bridge_uses_nobody() {
        check("bridge");
    }

    @Test
    void engine_uses_patch() {
        check("engine", "patch");
    }

    @Test
    void weaver_uses_bridge_and_patch() {
        check("weaver", "bridge", "patch");
    }

    @Test
    void runtime_uses_engine_weaver_bridge_api_control_and_patch() {
        check("runtime", "engine", "weaver", "bridge", "api", "control", "patch");
    }

    @Test
    void launcher_uses_nobody_and_the_runtime_only_by_name() {
        check("agent");
    }

    @Test
    void desugar_uses_nobody() {
        check("desugar");
    }

    @Test
    void builder_uses_weaver_and_patch_and_the_api_only_by_name() {
        check("builder", "weaver", "patch");
    }

    @Test
    void the_command_uses_builder_engine_control_and_patch() {
        check("cli", "builder", "engine", "control", "patch");
    }

    @Test
    void only_weaver_builder_and_desugar_know_that_asm_exists() {
        holds(noClasses()
                .that()
                .resideOutsideOfPackages(
                        "dev.jlp.weaver..", "dev.jlp.builder..", "dev.jlp.desugar..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.objectweb.asm.."));
    }

    @Test
    void the_engine_knows_no_thread_clock_or_jvm_interface() {
        holds(noClasses()
                .that()
                .resideInAPackage("dev.jlp.engine..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "java.lang.instrument..",
                        "java.lang.management..",
                        "java.util.concurrent..",
                        "java.time..")
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(Thread.class));
    }

    @Test
    void the_bridge_uses_nothing_but_the_jdk_s_base() {
        holds(classes()
                .that(resideInAPackage("dev.jlp.bridge.."))
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage(
                        "dev.jlp.bridge..",
                        "java..",
                        "jdk.internal.vm.annotation..",
                        "org.jspecify..")));
    }

    @Test
    void the_api_uses_nothing_but_the_jdk_s_base() {
        holds(classes()
                .that(resideInAPackage("dev.jlp.api.."))
                .should()
                .onlyDependOnClassesThat(
                        resideInAnyPackage("dev.jlp.api..", "java..", "org.jspecify..")));
    }

    /** The classes of {@code room} use, of all rooms, only itself and {@code allowed}. */
    private static void check(String room, String... allowed) {
        String[] forbidden = ROOMS.stream()
                .map(path -> path.substring(path.lastIndexOf('/') + 1).replace("launcher", "agent"))
                .filter(other -> !other.equals(room) && !Arrays.asList(allowed).contains(other))
                .map(other -> "dev.jlp." + other + "..")
                .toArray(String[]::new);
        holds(noClasses()
                .that()
                .resideInAPackage("dev.jlp." + room + "..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(forbidden));
    }

    private static void holds(ArchRule rule) {
        rule.check(CLASSES);
    }
}
