package dev.jlp.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Ways out of a changed method that are not a return: nothing counts entries, so nothing is left over. */
@OnEveryJdk
final class UnwindingTest {

    private static final String PATCH = "way-out";
    private static final int DIVERS = 4;

    private static final Map<Jdk, Change> CHANGES = new ConcurrentHashMap<>();

    private static final Sources WAYS = Sources.of("lib/Parent.java", """
                    package lib;

                    public class Parent {
                        protected final String name;

                        protected Parent(boolean fails) {
                            if (fails) {
                                throw new IllegalStateException("thrown by super in " + "VERSION");
                            }
                            name = "VERSION";
                        }
                    }
                    """).and("lib/Way.java", """
                    package lib;

                    import dev.jlp.acceptance.programs.Gate;

                    public final class Way extends Parent {
                        private final String mine;

                        private Way(boolean fails) {
                            super(fails || depth() < 0);
                            mine = "VERSION" + " " + depth();
                        }

                        private static int depth() {
                            return "VERSION".length() - "VERSION".length();
                        }

                        public static String made() {
                            Way made = new Way(false);
                            return made.name + " " + made.mine + " " + "VERSION";
                        }

                        public static String failed() {
                            return new Way(true).mine;
                        }

                        public static String overflow() {
                            Gate.pass("overflow");
                            String all = "";
                            for (int i = 0; i < 3; i++) {
                                try {
                                    endless(i);
                                } catch (StackOverflowError full) {
                                    all = all.contains("VERSION") ? all : all + "VERSION";
                                }
                                all = all.contains(version()) ? all : all + version();
                            }
                            return all;
                        }

                        private static int endless(int n) {
                            return "VERSION".length() + endless(n + 1) + version().length();
                        }

                        private static String version() {
                            return "VERSION";
                        }

                        public static String hold() {
                            Gate.pass("way");
                            return "VERSION";
                        }
                    }
                    """);

    private final Jdk jdk;
    private final Change change;

    UnwindingTest(Jdk jdk) {
        this.jdk = jdk;
        change = CHANGES.computeIfAbsent(jdk, each -> Change.ofVersions(each, "way", WAYS));
    }

    @Test
    void a_constructor_has_one_version_with_its_superclass_and_what_it_calls() {
        try (TargetJvm jvm = start()) {
            ControlClient control = new ControlClient(jvm);
            assertThat(jvm.ask("call lib.Way made")).isEqualTo("before before 0 before");

            load(jvm, control);
            assertThat(jvm.ask("call lib.Way made")).isEqualTo("after after 0 after");
            complete(jvm, control);

            assertThat(jvm.ask("call lib.Way made")).isEqualTo("after after 0 after");
        }
    }

    @Test
    void a_superclass_that_throws_holds_nothing_back() {
        try (TargetJvm jvm = start()) {
            ControlClient control = new ControlClient(jvm);
            assertThat(jvm.fails("call lib.Way failed")).endsWith("thrown by super in before");

            load(jvm, control);
            for (int i = 0; i < 100; i++) {
                assertThat(jvm.fails("call lib.Way failed")).endsWith("thrown by super in after");
            }
            complete(jvm, control);

            assertThat(jvm.ask("call lib.Way made")).isEqualTo("after after 0 after");
        }
    }

    @Test
    void threads_that_overflow_their_stacks_in_old_bodies_end_their_nests_in_them() {
        try (TargetJvm jvm = start()) {
            ControlClient control = new ControlClient(jvm);
            for (int i = 0; i < DIVERS; i++) {
                jvm.ask("start diver-" + i + " lib.Way overflow");
            }
            jvm.ask("arrived overflow " + DIVERS);

            load(jvm, control);
            jvm.ask("open overflow");

            for (int i = 0; i < DIVERS; i++) {
                assertThat(jvm.ask("join diver-" + i)).isEqualTo("before");
            }
            assertThat(jvm.ask("call lib.Way overflow")).isEqualTo("after");
            complete(jvm, control);
        }
    }

    private TargetJvm start() {
        return TargetJvm.on(jdk).with(change.before()).agent().run();
    }

    /** With a thread in an old body, so that the transition goes on. */
    private void load(TargetJvm jvm, ControlClient control) {
        jvm.enter("holder", "lib.Way", "hold", "way");
        control.load(change.patch(PATCH));
    }

    private static void complete(TargetJvm jvm, ControlClient control) {
        jvm.ask("open way");
        control.awaitState(PATCH, "enabled");
        assertThat(jvm.ask("join holder")).isEqualTo("before");
    }
}
