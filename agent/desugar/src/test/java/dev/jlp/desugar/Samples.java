package dev.jlp.desugar;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.function.BiFunction;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;

/** Code with lambdas of every kind, and records: to be run as it is, and desugared. */
public final class Samples implements Callable<List<String>> {

    private final String own = "own";
    private int calls;

    /** Called in both forms. */
    @Override
    public List<String> call() {
        List<String> said = new ArrayList<>();
        said.addAll(capturing("a", 7, 8L, 9.5));
        said.addAll(references());
        said.add(ofInstance());
        said.addAll(Speaker.all());
        said.addAll(records());
        return said;
    }

    private static List<String> capturing(String text, int number, long wide, double fraction) {
        Supplier<String> captures = () -> text + number + wide + fraction;
        Function<Integer, Supplier<String>> nested = i -> () -> text + (i + number);
        LongSupplier widened = () -> number;
        Runnable nothing = () -> {};
        nothing.run();
        return List.of(captures.get(), nested.apply(3).get(), "" + widened.getAsLong());
    }

    private static List<String> references() {
        Function<String, Integer> unbound = String::length;
        ToLongFunction<Integer> unboxed = Integer::intValue;
        BinaryOperator<Integer> boxed = Math::max;
        Supplier<List<String>> constructor = ArrayList::new;
        IntFunction<int[]> array = int[]::new;
        BiFunction<String, Integer, Character> bound = String::charAt;
        List<String> kept = constructor.get();
        Runnable dropped = () -> kept.add("kept");
        dropped.run();
        Stream.of("z", "y").sorted(Comparator.reverseOrder()).forEach(kept::add);
        Map<String, Integer> counts = new TreeMap<>();
        kept.forEach(each -> counts.merge(each, 1, Integer::sum));
        return List.of(
                "" + unbound.apply("four") + unboxed.applyAsLong(5) + boxed.apply(1, 2),
                "" + array.apply(3).length + bound.apply("xyz", 1),
                kept.toString(),
                counts.toString());
    }

    private String ofInstance() {
        Runnable counts = () -> calls++;
        counts.run();
        counts.run();
        Supplier<String> reads = this::own;
        return reads.get() + calls;
    }

    private String own() {
        return own;
    }

    interface Speaker {

        String speak();

        private String twice() {
            return speak() + speak();
        }

        default Supplier<String> later() {
            return this::twice;
        }

        static List<String> all() {
            Speaker speaker = () -> "ho";
            return List.of(speaker.later().get());
        }
    }

    record Empty() {}

    record Wide(
            boolean flag,
            byte small,
            char letter,
            short shorter,
            int number,
            long wide,
            float part,
            double fraction,
            @Nullable String text,
            @Nullable List<String> list) {

        Wide with(double other) {
            return new Wide(flag, small, letter, shorter, number, wide, part, other, text, list);
        }
    }

    private static List<String> records() {
        Wide wide =
                new Wide(true, (byte) 1, 'c', (short) 2, 3, 4L, 0.5f, 0.25, "text", List.of("x"));
        Wide same =
                new Wide(true, (byte) 1, 'c', (short) 2, 3, 4L, 0.5f, 0.25, "text", List.of("x"));
        Wide none = new Wide(false, (byte) 0, 'c', (short) 0, 0, 0L, 0, Double.NaN, null, null);
        return List.of(
                wide.toString(),
                none.toString(),
                new Empty().toString(),
                "" + wide.equals(same) + wide.equals(none) + none.equals(none.with(Double.NaN)),
                "" + wide.equals(wide.with(-0.0)) + wide.with(0.0).equals(wide.with(-0.0)),
                "" + wide.equals((Object) "text") + new Empty().equals(new Empty()),
                "" + wide.hashCode() + none.hashCode() + new Empty().hashCode());
    }
}
