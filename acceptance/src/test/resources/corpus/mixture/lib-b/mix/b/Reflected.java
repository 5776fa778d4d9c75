package mix.b;

import dev.jlp.acceptance.programs.Ran;
import mix.a.Alpha;

/** Called only through reflection. */
public final class Reflected {

    private Reflected() {}

    public static int first() {
        Ran.version(VERSION);
        int result = Alpha.chain(1);
        Ran.version(VERSION);
        return result;
    }

    public static int second() {
        Ran.version(VERSION);
        return Gamma.down(2) + first();
    }

    public static int third() {
        Ran.version(VERSION);
        try {
            return Alpha.throwing(1);
        } catch (IllegalStateException expected) {
            return first();
        }
    }
}
