package dev.jlp.coverage;

import static org.assertj.core.api.Assertions.assertThat;

import com.grack.nanojson.JsonObject;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

class OwnTestsTest {

    @TempDir
    Path folder;

    @Test
    void a_report_is_read_test_by_test() throws Exception {
        Files.writeString(folder.resolve("TEST-one.xml"), """
                <testsuite>
                <testcase name="brews()" classname="shop.TeaTest"/>
                <testcase name="brews()" classname="shop.TeaTest"><failure type="a.B">x</failure></testcase>
                <testcase name="rests()" classname="shop.TeaTest"><skipped/></testcase>
                </testsuite>
                """);

        assertThat(TestReports.read(folder))
                .containsOnly(
                        Map.entry("shop.TeaTest.brews()", "passed"),
                        Map.entry("shop.TeaTest.brews() #2", "failed with a.B"),
                        Map.entry("shop.TeaTest.rests()", "skipped"));
    }

    @Test
    void a_test_that_goes_otherwise_is_described_and_one_that_is_not_steady_is_left_out() {
        JsonObject document = new JsonObject();
        OwnTests.compare(
                document,
                List.of(
                        Map.of("a", "passed", "b", "passed", "c", "passed"),
                        Map.of("a", "passed", "b", "passed", "c", "failed")),
                Map.of("a", "failed", "b", "failed", "c", "failed"),
                Map.of("a", "passed", "b", "failed", "c", "failed"),
                Map.of("a", "failed", "b", "passed", "c", "failed"));

        assertThat(document.getInt("compared")).isEqualTo(2);
        assertThat(document.getInt("unsteady")).isEqualTo(1);
        assertThat(document.getInt("toldApart")).isEqualTo(2);
        assertThat(document.getInt("notTakenBack")).isEqualTo(1);
        assertThat(document.getArray("described")).hasSize(1);
    }
}
