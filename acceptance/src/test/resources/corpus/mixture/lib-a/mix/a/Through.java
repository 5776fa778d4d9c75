package mix.a;

import java.util.function.IntUnaryOperator;

/** Never patched: what changed methods call each other through. */
public final class Through {

    private Through() {}

    public static int call(IntUnaryOperator body, int n) {
        return 1 + body.applyAsInt(n);
    }

    public static int callCatching(IntUnaryOperator body, int n) {
        try {
            return body.applyAsInt(n);
        } catch (IllegalStateException expected) {
            return -1;
        }
    }
}
