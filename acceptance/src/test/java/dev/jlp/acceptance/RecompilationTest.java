package dev.jlp.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.grack.nanojson.JsonObject;

import org.junit.jupiter.api.Test;

import java.nio.file.Path;
import java.util.List;

/** What compilers do differently with the same source is no change. */
final class RecompilationTest {

    @Test
    void one_source_from_two_compilers_has_no_change() {
        List<Jdk> jdks = Jdks.present();
        Jdk oldest = jdks.get(0);
        Jdk newest = jdks.get(jdks.size() - 1);
        Path folder = Workplace.fresh();

        JsonObject error = Jlp.refused(
                "build",
                "--original",
                compile(oldest, folder.resolve("old/lib.jar")),
                "--fixed",
                compile(newest, folder.resolve("new/lib.jar")),
                "--classpath",
                Jars.ofPrograms().toString(),
                "-o",
                folder.resolve("none.jlp").toString());

        assertThat(error.getString("message"))
                .isEqualTo("the releases have the same code, nothing to patch");
    }

    private static String compile(Jdk jdk, Path jar) {
        return Sources.ofCorpus("recompiled")
                .compile(jdk, jar, List.of(), List.of("--release", "11"))
                .toString();
    }
}
