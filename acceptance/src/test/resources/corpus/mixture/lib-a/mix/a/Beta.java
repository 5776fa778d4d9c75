package mix.a;

import dev.jlp.acceptance.programs.Ran;

/** The other class of the first loader. */
public final class Beta {

    private Beta() {}

    public static int second(int n) {
        Ran.version(VERSION);
        return new Inner(n).value();
    }

    public static int throwing(int n) {
        Ran.version(VERSION);
        if (n % 2 == 0) {
            throw new IllegalStateException("expected");
        }
        return n;
    }

    static int compare(int a, int b) {
        Ran.version(VERSION);
        return Integer.compare(a, b);
    }

    private static final class Inner {

        private final int n;

        Inner(int n) {
            this.n = n;
            Ran.version(VERSION);
        }

        int value() {
            Ran.version(VERSION);
            return n;
        }
    }
}
