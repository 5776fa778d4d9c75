package dev.jlp.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.grack.nanojson.JsonWriter;

import org.assertj.core.api.AbstractStringAssert;

/** What every refusal has in common: its exit code, one sentence, and a JVM that is as it was. */
final class Harmless {

    private Harmless() {}

    /** Runs a command that the agent in {@code jvm} must refuse, or must not even hear of; its sentence. */
    static AbstractStringAssert<?> refuses(TargetJvm jvm, int exit, String... command) {
        ControlClient control = new ControlClient(jvm);
        String before = JsonWriter.string(control.status());
        AbstractStringAssert<?> sentence = fails(exit, command);
        assertThat(JsonWriter.string(control.status())).isEqualTo(before);
        return sentence;
    }

    /** Runs a command that must fail with one sentence on its standard error and nothing else. */
    static AbstractStringAssert<?> fails(int exit, String... command) {
        return fails(exit, Jlp.run(command));
    }

    static AbstractStringAssert<?> fails(int exit, Exec result) {
        assertThat(result.exit()).as(result.out() + result.err()).isEqualTo(exit);
        assertThat(result.out()).isEmpty();
        assertThat(result.err().lines())
                .as(result.err())
                .singleElement()
                .asString()
                .startsWith("jlp: ");
        return assertThat(result.err());
    }
}
