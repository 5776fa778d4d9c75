package mix.b;

import dev.jlp.acceptance.programs.Ran;
import mix.a.Alpha;
import mix.a.Beta;

/** A subclass in the second loader. */
public final class Gamma extends Alpha {

    public Gamma(int size) {
        super(size);
        Ran.version(VERSION);
    }

    @Override
    public int virtualStep(int n) {
        Ran.version(VERSION);
        return super.virtualStep(n) + Beta.second(n);
    }

    @Override
    public String take(String from) {
        Ran.version(VERSION);
        return super.take(from) + Alpha.chain(1);
    }

    public static int down(int n) {
        Ran.version(VERSION);
        int result = n == 0 ? Alpha.recurse(20) : Alpha.chain(n) + down(n - 1);
        Ran.version(VERSION);
        return result;
    }
}
