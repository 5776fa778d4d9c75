package mix.a;

import dev.jlp.acceptance.programs.Ran;

/** The superclass whose constructor may throw. */
public class Root {

    protected final int size;

    protected Root(int size) {
        Ran.version(VERSION);
        if (size < 0) {
            throw new IllegalArgumentException("negative");
        }
        this.size = checked(size);
        Ran.version(VERSION);
    }

    private static int checked(int size) {
        Ran.version(VERSION);
        return size;
    }
}
