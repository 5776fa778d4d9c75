package dev.jlp.builder;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jlp.patch.AddedClass;
import dev.jlp.patch.Patch;
import dev.jlp.patch.PatchFile;

import org.junit.jupiter.api.Test;

import java.util.List;

/** Two real security fixes, built from the released jars. */
class RealReleasesTest {

    @Test
    void the_log4j_fix_takes_the_constructor_that_registers_lookups() throws Exception {
        Patch patch = takable(
                "org.apache.logging.log4j:log4j-core:2.15.0",
                "org.apache.logging.log4j:log4j-core:2.16.0");

        assertThat(methods(patch))
                .anyMatch(m ->
                        m.startsWith("org/apache/logging/log4j/core/lookup/Interpolator.<init>"));
        assertThat(patch.targets().get(0).added())
                .extracting(AddedClass::name)
                .anyMatch(name ->
                        name.startsWith("org/apache/logging/log4j/core/net/JndiManager$jlp$"));
    }

    @Test
    void the_h2_fix_takes_the_method_that_opens_connections() throws Exception {
        Patch patch = takable("com.h2database:h2:2.0.204", "com.h2database:h2:2.0.206");

        assertThat(methods(patch))
                .anyMatch(m -> m.startsWith("org/h2/util/JdbcUtils.getConnection"));
    }

    private static Patch takable(String original, String fixed) throws Exception {
        BuildResult result = PatchBuilder.build(
                List.of(new ReleasePair(original, fixed)),
                BuildOptions.named("fix", "1").onlyTakable(true));
        Patch patch = result.patch().orElseThrow();
        assertThat(patch.notes()).isNotEmpty();
        assertThat(PatchFile.write(PatchFile.read(PatchFile.write(patch))))
                .isEqualTo(PatchFile.write(patch));
        return patch;
    }

    private static List<String> methods(Patch patch) {
        return patch.targets().stream()
                .flatMap(target -> target.classes().stream())
                .flatMap(type -> type.methods().stream().map(m -> type.name() + "." + m.id()))
                .toList();
    }
}
