package mix.a;

import dev.jlp.acceptance.programs.Ran;

/** A body that the JIT gives up on. */
public final class Big {

    private Big() {}

    public static int big(int n) {
        Ran.version(VERSION);
        int x = n;
        // FILL
        x += Beta.second(n);
        Ran.version(VERSION);
        return x;
    }
}
