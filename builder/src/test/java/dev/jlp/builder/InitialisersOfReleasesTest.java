package dev.jlp.builder;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.MethodNode;

import java.net.URL;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The static initialisers of real releases. */
class InitialisersOfReleasesTest {

    @ParameterizedTest
    @CsvSource({
        "org.apache.logging.log4j:log4j-core, 2.14.1, 2.15.0, org.apache.logging.log4j:log4j-api",
        "com.h2database:h2, 2.0.204, 2.0.206, com.h2database:h2"
    })
    void each_slice_verifies_and_each_missing_one_has_a_reason(
            String artifact, String original, String fixed, String needed) throws Exception {
        Release before = release(artifact + ":" + original);
        Release after = release(artifact + ":" + fixed);
        URL others = ArtifactSource.resolve(needed + ":" + fixed).file().toUri().toURL();
        try (Holder loader = new Holder(after, others)) {
            Tally tally = new Tally(loader);
            for (String name : after.classes().keySet()) {
                if (before.classes().containsKey(name)) {
                    ClassNode node = after.parse(name);
                    Initialisers initialisers = Initialisers.compare(before.parse(name), node);
                    tally.slices(node, initialisers);
                }
            }
            assertThat(tally.unlinked).isZero();
            assertThat(tally.verified).isGreaterThan(9 * tally.refused);
        }
    }

    @Test
    void the_fixed_log4j_computes_few_fields_otherwise() throws Exception {
        Release before = release("org.apache.logging.log4j:log4j-core:2.14.1");
        Release after = release("org.apache.logging.log4j:log4j-core:2.15.0");
        Set<String> changed = new TreeSet<>();
        for (String name : after.classes().keySet()) {
            if (before.classes().containsKey(name)) {
                Initialisers initialisers =
                        Initialisers.compare(before.parse(name), after.parse(name));
                String type = name.substring(name.lastIndexOf('/') + 1);
                initialisers.changed().forEach(field -> changed.add(type + "." + field));
            }
        }
        assertThat(changed)
                .containsExactly(
                        "ConfigurationSource.COMPOSITE_SOURCE",
                        "ConfigurationSource.NULL_SOURCE",
                        "Constants.FORMAT_MESSAGES_PATTERN_DISABLE_LOOKUPS",
                        "CoreContextSelectors.CLASSES",
                        "FixedDateFormat$FixedFormat.$VALUES",
                        "LevelPatternConverter.INSTANCE",
                        "UuidUtil.LEAST");
    }

    /** Slices of a release's classes, and what became of them. */
    private static final class Tally {

        private final Holder loader;
        private int verified;
        private int refused;
        private int unlinked;

        Tally(Holder loader) {
            this.loader = loader;
        }

        void slices(ClassNode node, Initialisers initialisers) {
            Set<FieldKey> all = new TreeSet<>();
            node.fields.stream()
                    .filter(field -> ClassFiles.has(field.access, Opcodes.ACC_STATIC))
                    .map(FieldKey::of)
                    .forEach(all::add);
            if (!all.isEmpty()) {
                slice(node, initialisers, all);
                all.forEach(field -> slice(node, initialisers, Set.of(field)));
            }
        }

        private void slice(ClassNode node, Initialisers initialisers, Set<FieldKey> fields) {
            Optional<MethodNode> slice = initialisers.slice(fields);
            assertThat(slice.isEmpty()).isEqualTo(initialisers.whyNot(fields).isPresent());
            if (slice.isEmpty()) {
                refused++;
                return;
            }
            String holder = loader.add(node, fields, slice.get(), "slice");
            try {
                Class.forName(holder, true, loader); // verifies the slice and does not run it
                verified++;
            } catch (NoClassDefFoundError | ClassNotFoundException optional) {
                unlinked++;
            }
        }
    }

    private static Release release(String coordinates) throws BuildProblem {
        ArtifactSource source = ArtifactSource.resolve(coordinates);
        return Release.read(source.file(), coordinates);
    }
}
