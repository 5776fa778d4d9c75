package dev.jlp.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.nio.file.Path;

/** The kernel's selftest of shadow variables, step by step. */
@OnEveryJdk
final class ShadowSelftestTest {

    private static final String PATCH = "shadow-selftest";

    private static final Sources BEFORE = Sources.of("lib/Selftest.java", """
            package lib;

            public final class Selftest {
                private Selftest() {}

                public static String run() {
                    return "not patched";
                }
            }
            """);

    private static final Sources AFTER =
            BEFORE.replace("\"not patched\"", "new Steps().run()").and("lib/Steps.java", """
            package lib;

            import dev.jlp.api.Shadow;

            final class Steps {
                private static final Shadow<Block> A = Shadow.id("A");
                private static final Shadow<Block> B = Shadow.id("B");

                private static final class Block {
                    final String pointer;

                    Block(String pointer) {
                        this.pointer = pointer;
                    }
                }

                private final StringBuilder log = new StringBuilder();
                private final Object[] objects = {null, new Object(), new Object(), new Object()};
                private final Block[] as = new Block[4];
                private final Block[] bs = new Block[4];

                String run() {
                    say("a get A1 " + A.get(objects[1]));
                    for (int i = 1; i <= 3; i++) {
                        String a = "pointer-A" + i;
                        String b = "pointer-B" + i;
                        as[i] = i == 2
                                ? A.alloc(objects[i], of -> made("A", of, a))
                                : A.getOrAlloc(objects[i], of -> made("A", of, a));
                        bs[i] = B.alloc(objects[i], of -> made("B", of, b));
                        say("b got A" + i + " B" + i + " differ " + (as[i] != bs[i]));
                    }
                    for (int i = 1; i <= 3; i++) {
                        say("c get A" + i + " " + is(A.get(objects[i]), as[i]));
                        say("c get B" + i + " " + is(B.get(objects[i]), bs[i]));
                    }
                    say("d get-or-alloc A1 "
                            + is(A.getOrAlloc(objects[1], of -> made("A", of, "other")), as[1]));
                    for (int i = 1; i <= 3; i++) {
                        A.free(objects[i], (of, block) -> say("destructor " + name(of) + " " + block.pointer));
                        say("e get A" + i + " " + A.get(objects[i]));
                    }
                    for (int i = 1; i <= 3; i++) {
                        say("f get B" + i + " " + is(B.get(objects[i]), bs[i]));
                    }
                    B.freeAll();
                    for (int i = 1; i <= 3; i++) {
                        say("h get B" + i + " " + B.get(objects[i]));
                    }
                    return log.toString();
                }

                private Block made(String id, Object of, String pointer) {
                    say("constructor " + id + name(of));
                    return new Block(pointer);
                }

                private String is(Block found, Block expected) {
                    return found == expected ? found.pointer : "another block";
                }

                private int name(Object object) {
                    return java.util.Arrays.asList(objects).indexOf(object);
                }

                private void say(String step) {
                    log.append(step).append("; ");
                }
            }
            """);

    private final Jdk jdk;

    ShadowSelftestTest(Jdk jdk) {
        this.jdk = jdk;
    }

    @Test
    void ks_17_basic_shadow_variable_api() {
        Change change = Change.of(jdk, "selftest", BEFORE, AFTER);
        Path patch = change.patch(PATCH);
        try (TargetJvm jvm = TargetJvm.on(jdk).with(change.before()).agent().run()) {
            ControlClient control = new ControlClient(jvm);
            assertThat(jvm.ask("call lib.Selftest run")).isEqualTo("not patched");
            control.load(patch);
            control.awaitState(PATCH, "enabled");

            assertThat(jvm.ask("call lib.Selftest run").split("; "))
                    .containsExactly(
                            "a get A1 null",
                            "constructor A1",
                            "constructor B1",
                            "b got A1 B1 differ true",
                            "constructor A2",
                            "constructor B2",
                            "b got A2 B2 differ true",
                            "constructor A3",
                            "constructor B3",
                            "b got A3 B3 differ true",
                            "c get A1 pointer-A1",
                            "c get B1 pointer-B1",
                            "c get A2 pointer-A2",
                            "c get B2 pointer-B2",
                            "c get A3 pointer-A3",
                            "c get B3 pointer-B3",
                            "d get-or-alloc A1 pointer-A1",
                            "destructor 1 pointer-A1",
                            "e get A1 null",
                            "destructor 2 pointer-A2",
                            "e get A2 null",
                            "destructor 3 pointer-A3",
                            "e get A3 null",
                            "f get B1 pointer-B1",
                            "f get B2 pointer-B2",
                            "f get B3 pointer-B3",
                            "h get B1 null",
                            "h get B2 null",
                            "h get B3 null");

            control.disable(PATCH);
            control.awaitState(PATCH, "disabled");
            control.unload(PATCH);
            assertThat(control.status().getArray("shadow"))
                    .allSatisfy(line -> assertThat(line.toString()).contains("variables=0"))
                    .hasSize(2);
        }
    }
}
