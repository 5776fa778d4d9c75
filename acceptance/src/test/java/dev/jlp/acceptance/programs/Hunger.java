package dev.jlp.acceptance.programs;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** Takes all there is of something, but for a little, until it is told to give it back. */
final class Hunger {

    /** Enough for the program to hear the next command. */
    private static final int LEFT_BYTES = 400_000;

    private static final byte[] NOTHING = {};
    private static final List<Object> TAKEN = new ArrayList<>();

    private static volatile byte[] spare = NOTHING;

    private Hunger() {}

    static String exhaust(String what) throws IOException {
        return switch (what) {
            case "heap" -> heap();
            case "metaspace" -> metaspace();
            case "threads" -> threads();
            default -> throw new IllegalArgumentException(what);
        };
    }

    static String relieve() {
        for (Object each : TAKEN) {
            if (each instanceof Thread thread) {
                thread.interrupt();
            }
        }
        TAKEN.clear();
        System.gc();
        return "relieved";
    }

    private static String heap() {
        spare = new byte[LEFT_BYTES];
        for (int size = 1 << 20; size >= 1 << 10; size /= 2) {
            takeAll(size);
        }
        int left = spare.length;
        spare = NOTHING;
        return left + " bytes are left";
    }

    private static void takeAll(int size) {
        try {
            while (true) {
                TAKEN.add(new byte[size]);
            }
        } catch (OutOfMemoryError none) {
            // Smaller pieces still fit.
        }
    }

    /** Each copy of a class takes some, in a loader of its own. */
    private static String metaspace() throws IOException {
        byte[] bytes;
        try (InputStream in = Hunger.class.getResourceAsStream("Copied.class")) {
            bytes = in.readAllBytes();
        }
        try {
            while (true) {
                TAKEN.add(new Copies().define(bytes));
            }
        } catch (OutOfMemoryError none) {
            return none.getMessage();
        }
    }

    /** Threads with a stack of the usual size, as the agent's have. */
    private static String threads() {
        try {
            while (true) {
                Thread thread = new Thread(
                        () -> {
                            while (!Thread.interrupted()) {
                                LockSupport.park();
                            }
                        },
                        "taken");
                thread.setDaemon(true);
                thread.start();
                TAKEN.add(thread);
            }
        } catch (OutOfMemoryError none) {
            return none.getMessage();
        }
    }

    private static final class Copies extends ClassLoader {

        Class<?> define(byte[] bytes) {
            return defineClass(null, bytes, 0, bytes.length);
        }
    }
}
