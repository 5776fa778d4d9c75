package mix.a;

import dev.jlp.acceptance.programs.Hold;
import dev.jlp.acceptance.programs.Ran;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntUnaryOperator;

/** Every method here is changed by the patch. */
public class Alpha extends Root implements Step<String> {

    private static final Object LOCK = new Object();
    private int state;

    public Alpha(int size) {
        super(twiceOf(size));
        Ran.version(VERSION);
        state = virtualStep(size);
        Ran.version(VERSION);
    }

    private static int twiceOf(int size) {
        Ran.version(VERSION);
        return size * 2;
    }

    public static int chain(int n) {
        Ran.version(VERSION);
        int result = first(n) + Beta.second(n);
        Ran.version(VERSION);
        return result;
    }

    private static int first(int n) {
        Ran.version(VERSION);
        return Beta.second(n) + 1;
    }

    public int instance(int n) {
        Ran.version(VERSION);
        int result = own(n) + virtualStep(n);
        Ran.version(VERSION);
        return result;
    }

    private int own(int n) {
        Ran.version(VERSION);
        return locked(n) + size;
    }

    public synchronized int locked(int n) {
        Ran.version(VERSION);
        state += n;
        return state;
    }

    public static synchronized int lockedStatic(int n) {
        Ran.version(VERSION);
        return first(n);
    }

    public int virtualStep(int n) {
        Ran.version(VERSION);
        return n;
    }

    @Override
    public String take(String from) {
        Ran.version(VERSION);
        return from.isEmpty() ? "x" : take(from.substring(1));
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    public int bridged(int n) {
        Ran.version(VERSION);
        Step raw = this;
        return raw.take("abc").hashCode() + raw.twice(n);
    }

    public static int lambdas(int n) {
        Ran.version(VERSION);
        IntUnaryOperator plain = x -> {
            Ran.version(VERSION);
            return x + 1;
        };
        IntUnaryOperator capturing = x -> {
            Ran.version(VERSION);
            return Through.call(plain, x) + n;
        };
        int result = Through.call(capturing, n) + Through.call(Alpha::first, n);
        Ran.version(VERSION);
        return result;
    }

    public static double wide(long a, double b, int c, long d) {
        Ran.version(VERSION);
        double result = a + b + wider(d, b, a) + c;
        Ran.version(VERSION);
        return result;
    }

    private static double wider(long a, double b, long c) {
        Ran.version(VERSION);
        return a * b - c;
    }

    public static int recurse(int n) {
        Ran.version(VERSION);
        return n == 0 ? 0 : 1 + recurse(n - 1);
    }

    public static int recurseThrough(int n) {
        Ran.version(VERSION);
        return n == 0 ? 0 : Through.call(Alpha::recurseThrough, n - 1);
    }

    public static int throwing(int n) {
        Ran.version(VERSION);
        if (n % 2 == 0) {
            throw new IllegalStateException("expected");
        }
        return Beta.throwing(n + 1);
    }

    public static int catching(int n) {
        Ran.version(VERSION);
        int result = 0;
        try {
            result = throwing(n);
        } catch (IllegalStateException expected) {
            Ran.version(VERSION);
            result = Beta.second(n);
        } finally {
            result += Through.callCatching(Alpha::throwing, n);
        }
        return result + first(n);
    }

    public static int badConstruction(int n) {
        Ran.version(VERSION);
        int result = 0;
        for (int i = 0; i < 3; i++) {
            try {
                result += new Alpha(-1).size;
            } catch (IllegalArgumentException expected) {
                result += first(i);
            }
        }
        Ran.version(VERSION);
        return result + Beta.second(n);
    }

    public static int bottomless(int n) {
        Ran.version(VERSION);
        return 1 + bottomless(n + 1) + Beta.second(n);
    }

    public static int overflow(int n) {
        Ran.version(VERSION);
        int result;
        try {
            result = bottomless(0);
        } catch (StackOverflowError expected) {
            Ran.version(VERSION);
            result = -1;
        }
        return result + first(n) + Beta.second(n);
    }

    public static int blocks(int n) {
        Ran.version(VERSION);
        int result = 0;
        for (int i = 0; i < 4; i++) {
            switch (i) {
                case 0:
                    synchronized (LOCK) {
                        result += first(n);
                    }
                    break;
                case 1:
                    try {
                        synchronized (LOCK) {
                            result += Through.call(Beta::throwing, 2);
                        }
                    } catch (IllegalStateException expected) {
                        result += 1;
                        continue;
                    } finally {
                        result += Beta.second(n);
                    }
                    break;
                default:
                    result += words("w" + (n & 3));
            }
        }
        Ran.version(VERSION);
        return result;
    }

    private static int words(String word) {
        Ran.version(VERSION);
        switch (word) {
            case "w0":
                return 1;
            case "w1":
                return first(2);
            default:
                return word.length();
        }
    }

    public static int sorted(int n) {
        Ran.version(VERSION);
        Integer[] numbers = {3, 1, 2, n};
        Arrays.sort(numbers, (a, b) -> {
            Ran.version(VERSION);
            return Beta.compare(a, b);
        });
        int sum = 0;
        for (Integer number : List.of(numbers)) {
            sum += number;
        }
        return sum;
    }

    public static int around(Runnable other) {
        Ran.version(VERSION);
        other.run();
        Ran.version(VERSION);
        return first(1);
    }

    public static int pausing(int n) {
        Ran.version(VERSION);
        Ran.pause();
        int result = first(n);
        Ran.pause();
        Ran.version(VERSION);
        return result + Beta.second(n);
    }

    public static int held(int n) {
        Ran.version(VERSION);
        Hold.pass();
        Ran.version(VERSION);
        return Beta.second(n) + chain(n);
    }
}
