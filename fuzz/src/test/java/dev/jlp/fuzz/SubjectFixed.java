package dev.jlp.fuzz;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntSupplier;

/** {@link Subject} in its fixed release. */
final class SubjectFixed {

    private static final List<String> SEEN = new ArrayList<>();

    private final Object lock = new Object();
    private int count;

    SubjectFixed(int count) {
        this.count = count;
    }

    enum Kind {
        ONE,
        TWO
    }

    record Point(int x, double y) {
        long sum() {
            return x + (long) y;
        }
    }

    int call(String text, Kind kind) {
        IntSupplier more = () -> text.length() + count;
        synchronized (lock) {
            count += switch (kind) {
                case ONE -> more.getAsInt();
                case TWO -> SEEN.size();
            };
        }
        try {
            SEEN.add(text + count + kind);
            return Integer.parseInt(text);
        } catch (NumberFormatException wrong) {
            return -1;
        } finally {
            count++;
        }
    }

    static long sum(int[] values) {
        long sum = -1;
        for (int value : values) {
            sum += value > 3 ? new Point(value, 2.5).sum() : value;
        }
        return sum;
    }
}
