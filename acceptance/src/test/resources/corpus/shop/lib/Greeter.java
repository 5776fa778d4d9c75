package lib;

import dev.jlp.acceptance.programs.Depth;
import dev.jlp.acceptance.programs.Gate;

/** Bodies that say which version they are, and where threads can be kept in them. */
public final class Greeter {

    private Greeter() {}

    public static String greet() {
        return "VERSION";
    }

    public static String untouched() {
        return "same";
    }

    public static String hold() {
        Gate.pass("hold");
        return "VERSION";
    }

    public static String holdAgain() {
        Gate.pass("hold-again");
        return "VERSION" + " then " + greet();
    }

    public static String deep() {
        return dive(5_000);
    }

    private static String dive(int n) {
        if (n == 0) {
            Gate.pass("deep");
            return "VERSION";
        }
        return dive(n - 1);
    }

    /** What runs is far above this frame, and is never patched. */
    public static String cutOff() {
        Depth.descend(5_000, "cutOff");
        return "VERSION";
    }

    /** Never leaves its processor: on a virtual thread, it stays mounted. */
    public static String spin() {
        Gate.touch("spin");
        while (!Gate.isOpen("spin")) {
            Thread.onSpinWait();
        }
        return "VERSION";
    }

    public static String loop() {
        Gate.touch("loop");
        while (!Gate.isOpen("loop")) {
            java.util.concurrent.locks.LockSupport.parkNanos(1_000_000);
        }
        return "VERSION";
    }

    public static String trace() {
        Object version = "VERSION";
        StackTraceElement here = new Throwable(version.toString()).getStackTrace()[0];
        return here.toString();
    }
}
