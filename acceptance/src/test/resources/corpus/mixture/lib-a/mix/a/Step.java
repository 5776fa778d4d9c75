package mix.a;

import dev.jlp.acceptance.programs.Ran;

/** Interface methods of each kind. */
public interface Step<T> {

    T take(T from);

    default int twice(int n) {
        Ran.version(VERSION);
        int result = hidden(n) + named(n);
        Ran.version(VERSION);
        return result;
    }

    private int hidden(int n) {
        Ran.version(VERSION);
        return n + 1;
    }

    static int named(int n) {
        Ran.version(VERSION);
        return n - 1;
    }
}
