package dev.jlp.coverage.generator;

import dev.jlp.coverage.exercise.Expression;
import dev.jlp.coverage.exercise.Expression.ArrayOf;
import dev.jlp.coverage.exercise.Expression.Constant;
import dev.jlp.coverage.exercise.Expression.Invocation;
import dev.jlp.coverage.exercise.Expression.Literal;
import dev.jlp.coverage.exercise.Expression.MapOf;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

/** Values of the JDK's types. */
final class JdkValues {

    private static final int[] INTS = {
        0,
        1,
        2,
        3,
        -1,
        5,
        7,
        8,
        10,
        16,
        31,
        64,
        100,
        127,
        128,
        255,
        256,
        404,
        1000,
        4096,
        65535,
        -128,
        Integer.MIN_VALUE,
        Integer.MAX_VALUE
    };
    private static final long[] LONGS = {
        0,
        1,
        -1,
        2,
        10,
        60,
        1000,
        86_400_000L,
        1_639_143_900_000L,
        Integer.MAX_VALUE,
        1L << 33,
        Long.MIN_VALUE,
        Long.MAX_VALUE
    };
    private static final double[] DOUBLES = {
        0,
        -0.0,
        1,
        -1,
        0.5,
        3.14159,
        1e10,
        -2.5e-7,
        1e308,
        Double.NaN,
        Double.POSITIVE_INFINITY,
        Double.MIN_VALUE
    };
    private static final Set<String> LISTS = Set.of(
            "java.util.List", "java.util.Collection", "java.lang.Iterable", "java.util.ArrayList");
    private static final Set<String> MAPS =
            Set.of("java.util.Map", "java.util.LinkedHashMap", "java.util.HashMap");

    private final Texts texts;

    JdkValues(Texts texts) {
        this.texts = texts;
    }

    /** Nothing if there is no value of this type here. */
    @Nullable
    Expression of(Class<?> type, SplittableRandom random) {
        if (type.isPrimitive()) {
            return primitive(type, random);
        }
        String name = type.getName();
        if (LISTS.contains(name)) {
            return list(random);
        } else if (MAPS.contains(name)) {
            return map(random);
        }
        return switch (name) {
            case "java.lang.String",
                    "java.lang.CharSequence",
                    "java.lang.Comparable",
                    "java.io.Serializable" -> text(random);
            case "java.lang.Object" -> object(random);
            case "java.lang.Integer" -> primitive(int.class, random);
            case "java.lang.Long" -> primitive(long.class, random);
            case "java.lang.Double" -> primitive(double.class, random);
            case "java.lang.Float" -> primitive(float.class, random);
            case "java.lang.Short" -> primitive(short.class, random);
            case "java.lang.Byte" -> primitive(byte.class, random);
            case "java.lang.Boolean" -> primitive(boolean.class, random);
            case "java.lang.Character" -> primitive(char.class, random);
            case "java.lang.Number" ->
                primitive(random.nextBoolean() ? int.class : double.class, random);
            case "[B", "[C", "[I", "[J", "[Ljava.lang.String;" -> array(name, random);
            case "[Ljava.lang.Object;" -> objects(random);
            default -> madeByTheJdk(name, random);
        };
    }

    private Literal primitive(Class<?> type, SplittableRandom random) {
        return new Literal(
                switch (type.getName()) {
                    case "boolean" -> random.nextBoolean();
                    case "char" -> "aZ0 \n\"<&/\\{é\u0000$".charAt(random.nextInt(14));
                    case "byte" -> (byte) random.nextInt(256);
                    case "short" -> (short) INTS[random.nextInt(INTS.length)];
                    case "long" -> LONGS[random.nextInt(LONGS.length)];
                    case "float" -> (float) DOUBLES[random.nextInt(DOUBLES.length)];
                    case "double" -> DOUBLES[random.nextInt(DOUBLES.length)];
                    // The last two are rare, since so many of them are sizes.
                    default ->
                        INTS[
                                random.nextInt(
                                        random.nextInt(6) == 0 ? INTS.length : INTS.length - 2)];
                });
    }

    Literal text(SplittableRandom random) {
        return new Literal(texts.any(random));
    }

    private Expression object(SplittableRandom random) {
        return switch (random.nextInt(6)) {
            case 0 -> primitive(int.class, random);
            case 1 -> primitive(boolean.class, random);
            case 2 -> random.nextBoolean() ? list(random) : map(random);
            default -> text(random);
        };
    }

    private Expression list(SplittableRandom random) {
        return new Invocation(
                "java.util.ArrayList",
                Invocation.CONSTRUCTOR,
                List.of("java.util.Collection"),
                null,
                List.of(new Invocation(
                        "java.util.Arrays",
                        "asList",
                        List.of("[Ljava.lang.Object;"),
                        null,
                        List.of(objects(random)))));
    }

    private Expression map(SplittableRandom random) {
        List<Expression> keys = new ArrayList<>();
        List<Expression> values = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            keys.add(text(random));
            values.add(random.nextInt(4) == 0 ? primitive(int.class, random) : text(random));
        }
        return new MapOf(List.copyOf(keys), List.copyOf(values));
    }

    private ArrayOf objects(SplittableRandom random) {
        List<Expression> elements = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            elements.add(random.nextInt(4) == 0 ? primitive(int.class, random) : text(random));
        }
        return new ArrayOf("java.lang.Object", List.copyOf(elements));
    }

    private Literal array(String name, SplittableRandom random) {
        String text = texts.any(random);
        return new Literal(
                switch (name) {
                    case "[B" -> text.getBytes(StandardCharsets.UTF_8);
                    case "[C" -> text.toCharArray();
                    case "[I" -> text.chars().toArray();
                    case "[J" -> text.chars().asLongStream().toArray();
                    default -> new String[] {text, texts.any(random)};
                });
    }

    private @Nullable Expression madeByTheJdk(String name, SplittableRandom random) {
        return switch (name) {
            case "java.io.InputStream", "java.io.ByteArrayInputStream" ->
                made("java.io.ByteArrayInputStream", "[B", array("[B", random));
            case "java.io.Reader", "java.io.StringReader" ->
                made("java.io.StringReader", "java.lang.String", text(random));
            case "java.io.BufferedReader" ->
                made(
                        name,
                        "java.io.Reader",
                        made("java.io.StringReader", "java.lang.String", text(random)));
            case "java.io.OutputStream", "java.io.ByteArrayOutputStream" ->
                made("java.io.ByteArrayOutputStream");
            case "java.io.Writer", "java.io.StringWriter" -> made("java.io.StringWriter");
            case "java.lang.Appendable", "java.lang.StringBuilder" ->
                made("java.lang.StringBuilder", "java.lang.String", text(random));
            case "java.lang.StringBuffer" -> made(name, "java.lang.String", text(random));
            case "java.math.BigDecimal", "java.math.BigInteger" ->
                made(
                        name,
                        "java.lang.String",
                        new Literal(random.nextBoolean() ? "12345678901234567890" : "-7"));
            case "java.util.Date" -> made(name, "long", primitive(long.class, random));
            case "java.util.Properties" -> made(name);
            case "java.util.Set" ->
                made("java.util.LinkedHashSet", "java.util.Collection", list(random));
            case "java.util.Locale" ->
                new Constant(name, random.nextBoolean() ? "GERMANY" : "ENGLISH");
            case "java.nio.charset.Charset" ->
                new Constant(
                        "java.nio.charset.StandardCharsets",
                        random.nextBoolean() ? "UTF_8" : "ISO_8859_1");
            case "java.net.URI" ->
                new Invocation(
                        name, "create", List.of("java.lang.String"), null, List.of(text(random)));
            case "java.util.regex.Pattern" ->
                new Invocation(
                        name, "compile", List.of("java.lang.String"), null, List.of(text(random)));
            case "java.nio.ByteBuffer" ->
                new Invocation(name, "wrap", List.of("[B"), null, List.of(array("[B", random)));
            case "java.lang.Class" ->
                new Invocation(
                        name,
                        "forName",
                        List.of("java.lang.String"),
                        null,
                        List.of(new Literal("java.lang.String")));
            default -> null;
        };
    }

    private static Invocation made(String owner) {
        return new Invocation(owner, Invocation.CONSTRUCTOR, List.of(), null, List.of());
    }

    private static Invocation made(String owner, String parameter, Expression argument) {
        return new Invocation(
                owner, Invocation.CONSTRUCTOR, List.of(parameter), null, List.of(argument));
    }
}
