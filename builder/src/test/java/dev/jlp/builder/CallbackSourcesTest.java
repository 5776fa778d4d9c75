package dev.jlp.builder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jlp.api.Shadow;
import dev.jlp.patch.CallbackClass;
import dev.jlp.patch.Patch;
import dev.jlp.patch.PatchFile;
import dev.jlp.patch.Target;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** Classes that are called back: where they come from, and what may be one. */
final class CallbackSourcesTest {

    private static final String BEFORE = "package p; class A { int f() { return 1; } }";
    private static final String AFTER = "package p; class A { int f() { return 2; } }";
    private static final String CALLBACKS =
            "package p; public class Around implements dev.jlp.api.Callbacks {"
                    + " Object mine = new Object() {}; }";

    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit
    Path folder;

    @Test
    void callbacks_of_the_fixed_release_come_along_with_what_is_nested_in_them() throws Exception {
        Target target = build(CALLBACKS).targets().get(0);

        assertThat(target.callbacks())
                .extracting(CallbackClass::name, CallbackClass::entry)
                .containsExactly(
                        org.assertj.core.api.Assertions.tuple("p/Around", true),
                        org.assertj.core.api.Assertions.tuple("p/Around$1", false));
    }

    @Test
    void callbacks_are_no_class_of_the_target() throws Exception {
        assertThat(build(CALLBACKS).targets().get(0).added()).isEmpty();
    }

    @Test
    void callbacks_name_the_api_as_the_jvm_does() throws Exception {
        assertThat(build(CALLBACKS).targets().get(0).callbacks())
                .allSatisfy(
                        type -> assertThat(new String(type.bytes(), StandardCharsets.ISO_8859_1))
                                .doesNotContain("dev/jlp/api"));
    }

    @Test
    void callbacks_that_are_in_no_jar_are_refused() {
        assertThatThrownBy(() -> build("package p; class Other {}"))
                .isInstanceOf(BuildProblem.class)
                .hasMessage("no fixed release and no jar of the class path has the class"
                        + " 'p.Around' that is to be called back");
    }

    @Test
    void a_class_without_the_interface_can_not_be_written() throws Exception {
        Patch patch = build("package p; public class Around {}");

        assertThatThrownBy(() -> PatchFile.write(patch))
                .hasMessageContaining("does not name the interface 'Callbacks' of the API");
    }

    @Test
    void a_class_that_nobody_can_make_an_object_of_can_not_be_written() throws Exception {
        Patch patch = build("package p; public class Around implements dev.jlp.api.Callbacks {"
                + " private Around() {} }");

        assertThatThrownBy(() -> PatchFile.write(patch))
                .hasMessageContaining("public class with a public constructor");
    }

    private Patch build(String around) throws Exception {
        Path api = Path.of(
                Shadow.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        Path original = Sources.jar(folder.resolve("lib-1.jar"), List.of(), BEFORE);
        Path fixed = Sources.jar(
                folder.resolve("lib-2.jar"), List.of("-cp", api.toString()), AFTER, around);
        return PatchBuilder.build(
                        List.of(new ReleasePair(original.toString(), fixed.toString())),
                        BuildOptions.named("fix", "1.0").callingBack(List.of("p.Around")))
                .patch()
                .orElseThrow();
    }
}
