package dev.jlp.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Libraries that javac did not make: patched, and as they were again. */
@OnEveryJdk
final class OtherCompilersTest {

    /** One patch is for all JDKs. */
    private static final Map<String, Made> MADE = new ConcurrentHashMap<>();

    private static final Jdk COMPILING = Jdks.present().get(0);

    /** Before the added lambda, the one that is kept has the number of the added one. */
    private static final Sources ECJ = Sources.of("lib/Rules.java", """
            package lib;

            import java.util.function.UnaryOperator;

            public final class Rules {
                enum Kind { GOOD, BAD }

                private static UnaryOperator<String> kept;

                public static String use() {
                    if (kept == null) {
                        kept = kept();
                    }
                    return kept.apply(first().apply("x")) + of(Kind.BAD);
                }

                private static UnaryOperator<String> first() {
                    ADDED
                    return text -> text + "-FIRST";
                }

                private static UnaryOperator<String> kept() {
                    return text -> text + "-kept-";
                }

                private static int of(Kind kind) {
                    switch (kind) {
                        case GOOD: return 1;
                        default: return 2;
                    }
                }
            }
            """);

    private static final Sources GROOVY = Sources.of("lib/Rules.groovy", """
            package lib

            class Rules {
                static String use() { new Rules().text(' x ') + Fast.total(-3) }
                def text(x) { ADDED x.CALLED() + plain(4) }
                def plain(x) { [1, 2].collect { it + x }.join('') }
            }

            @groovy.transform.CompileStatic
            class Fast {
                static int total(int quantity) { 2 * TAKEN }
            }
            """);

    /** A header of a gzip file that says of itself to have 65,535 more bytes, of which none is there. */
    private static final Sources OKIO_USER = Sources.of("user/Unpacks.java", """
            package user;

            import java.io.IOException;
            import okio.Buffer;
            import okio.GzipSource;

            public final class Unpacks {
                public static String use() {
                    byte[] header = {0x1f, (byte) 0x8b, 8, 4, 0, 0, 0, 0, 0, 0, -1, -1};
                    try {
                        new GzipSource(new Buffer().write(header)).read(new Buffer(), 1);
                        return "read";
                    } catch (IOException refused) {
                        return "refused";
                    } catch (IllegalArgumentException flaw) {
                        return "crashed";
                    }
                }
            }
            """);

    private final Jdk jdk;

    private record Made(Path original, Path patch) {}

    OtherCompilersTest(Jdk jdk) {
        this.jdk = jdk;
    }

    @Test
    void a_library_by_the_compiler_of_eclipse() {
        Made made = MADE.computeIfAbsent("ecj", none -> byEcj());
        turns(
                TargetJvm.on(jdk).with(made.original()),
                made.patch(),
                "lib.Rules use",
                "x-before-kept-2",
                "x-after-kept-2");
    }

    /** Without it, a class keeps what its dynamic calls look for in an array that old code has filled. */
    @ParameterizedTest(name = "invokedynamic: {0}")
    @ValueSource(booleans = {true, false})
    void a_library_by_the_compiler_of_groovy(boolean indy) {
        Made made = MADE.computeIfAbsent("groovy " + indy, none -> byGroovy(indy));
        turns(
                TargetJvm.on(jdk).with(made.original()).with(Shipped.library("groovy")),
                made.patch(),
                "lib.Rules use",
                " X 56-6",
                "x560");
    }

    @Test
    void a_library_by_the_compiler_of_kotlin_as_somebody_released_it() {
        Made made = MADE.computeIfAbsent("kotlin", none -> byKotlin());
        Path stdlib = Shipped.library("kotlin-stdlib");
        Path user = OKIO_USER.compile(
                jdk,
                Workplace.fresh().resolve("user.jar"),
                List.of(made.original(), stdlib),
                List.of());
        turns(
                TargetJvm.on(jdk).with(user).with(made.original()).with(stdlib),
                made.patch(),
                "user.Unpacks use",
                "crashed",
                "refused");
    }

    private static Made byEcj() {
        List<String> ecj = List.of(
                COMPILING.tool("java").toString(),
                "-jar",
                Shipped.library("ecj").toString(),
                "--release",
                "17",
                "-nowarn");
        return made(
                "ecj",
                ECJ.replace("FIRST", "before").replace("ADDED", ""),
                ECJ.replace("FIRST", "after")
                        .replace("ADDED", "Runnable added = () -> System.exit(1);"),
                ecj);
    }

    private static Made byGroovy(boolean indy) {
        List<String> groovyc = List.of(
                COMPILING.tool("java").toString(),
                "-Dgroovy.target.indy=" + indy,
                "-cp",
                Shipped.library("groovy").toString(),
                "org.codehaus.groovy.tools.FileSystemCompiler");
        return made(
                "groovy",
                GROOVY.replace("ADDED", "")
                        .replace("CALLED", "toUpperCase")
                        .replace("TAKEN", "quantity"),
                GROOVY.replace("ADDED", "[3].each { plain(it) };")
                        .replace("CALLED", "trim")
                        .replace("TAKEN", "Math.max(quantity, 0)"),
                groovyc);
    }

    private static Made byKotlin() {
        return made(
                "okio",
                new Change(Shipped.library("okio-jvm-3.3.0"), Shipped.library("okio-jvm-3.4.0")));
    }

    private static Made made(String name, Sources before, Sources after, List<String> compiler) {
        Path folder = Workplace.fresh();
        return made(
                name,
                new Change(
                        before.compile(folder.resolve("before/rules.jar"), compiler),
                        after.compile(folder.resolve("after/rules.jar"), compiler)));
    }

    private static Made made(String name, Change change) {
        return new Made(change.before(), change.patch(name + "-fix"));
    }

    private static void turns(
            TargetJvm.Start program, Path patch, String call, String before, String after) {
        try (TargetJvm jvm = program.agent().run()) {
            ControlClient control = new ControlClient(jvm);
            String name = patch.getFileName().toString().replace(".jlp", "");
            assertThat(jvm.ask("call " + call)).isEqualTo(before);

            control.load(patch);
            control.awaitState(name, "enabled");
            assertThat(jvm.ask("call " + call)).isEqualTo(after);

            control.disable(name);
            control.awaitState(name, "disabled");
            assertThat(jvm.ask("call " + call)).isEqualTo(before);
        }
    }
}
