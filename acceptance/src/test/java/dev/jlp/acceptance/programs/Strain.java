package dev.jlp.acceptance.programs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;

/** What a program may do to its JVM beside its work, all of it in or around the methods that are patched. */
enum Strain {
    /** Requests whose answers say whose bodies made them; the client judges. */
    RESPONSES {
        @Override
        void begin(Part part) throws ReflectiveOperationException, IOException {
            Random inSteady = part.random();
            Server steady =
                    Server.ofSteadyThreads(4, () -> part.comings().any(inSteady).answer());
            Random inBrief = part.random();
            Server brief =
                    Server.ofBriefThreads(() -> part.comings().any(inBrief).answer());
            ask(part, "response", steady);
            ask(part, "response-brief", brief);
        }
    },
    /** Calls that are left by an exception. */
    EXCEPTIONS {
        @Override
        void begin(Part part) {
            Random random = part.random();
            part.chores().goOn("exceptions", false, () -> {
                Nested nest = part.comings().any(random);
                boolean out = random.nextBoolean();
                part.judge()
                        .judge(
                                "thrown",
                                () -> endsBy(
                                        IllegalStateException.class, out, () -> nest.thrown(out)));
                LockSupport.parkNanos(500_000);
            });
        }
    },
    /** Calls that are left when the stack is full, in threads of both kinds that end then. */
    OVERFLOWS {
        @Override
        void begin(Part part) {
            Random random = part.random();
            boolean hasVirtual = Runtime.version().feature() >= 21;
            part.chores().goOn("overflows", false, () -> {
                Nested nest = part.comings().any(random);
                boolean out = random.nextBoolean();
                boolean virtual = hasVirtual && random.nextBoolean();
                Threads.start(
                                "overflow",
                                virtual,
                                () -> part.judge()
                                        .guard(
                                                "overflow",
                                                () -> endsBy(
                                                        StackOverflowError.class,
                                                        out,
                                                        () -> nest.overflow(out))))
                        .join();
                LockSupport.parkNanos(5_000_000);
            });
        }
    },
    /** Calls through reflection. */
    REFLECTION {
        @Override
        void begin(Part part) {
            Random random = part.random();
            part.chores().goOn("reflection", false, () -> {
                Class<?> type = part.comings().any(random).getClass();
                Method top = type.getDeclaredMethod("top");
                top.setAccessible(true);
                for (int i = 0; i < 20; i++) {
                    part.judge().judge("reflected", () -> invoke(top));
                }
                LockSupport.parkNanos(2_000_000);
            });
        }
    },
    /** Objects of all sizes, most of which die young. */
    GARBAGE {
        @Override
        void begin(Part part) {
            Random random = part.random();
            Object[] kept = new Object[512];
            part.chores().goOn("garbage", false, () -> {
                for (int i = 0; i < 200; i++) {
                    boolean large = random.nextInt(2_000) == 0;
                    kept[random.nextInt(kept.length)] =
                            new byte[random.nextInt(large ? 4 << 20 : 32 << 10)];
                }
                LockSupport.parkNanos(5_000_000);
            });
        }
    },
    /** More loaders of the library that come and go. */
    LOADERS {
        @Override
        void begin(Part part) {
            Random random = part.random();
            part.chores().goOn("more-loaders", false, () -> {
                Nested nest = part.comings().renew(random);
                part.judge().judge("arriving", nest);
                LockSupport.parkNanos(100_000_000);
            });
        }
    };

    /** What a strain is put on; each call of {@code random} is another one. */
    interface Part {
        Random random();

        Judge judge();

        Chores chores();

        Comings comings();
    }

    abstract void begin(Part part) throws ReflectiveOperationException, IOException;

    private static void ask(Part part, String kind, Server server) {
        part.chores().goOn(kind, false, () -> {
            part.judge().judgeAnswer(kind, () -> answer(server));
            LockSupport.parkNanos(500_000);
        });
    }

    private static int answer(Server server) {
        try {
            return Tally.of(server.ask());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static void endsBy(Class<? extends Throwable> thrown, boolean out, Runnable call) {
        try {
            call.run();
        } catch (IllegalStateException | StackOverflowError left) {
            if (!out || !thrown.isInstance(left)) {
                throw left;
            }
            return;
        }
        if (out) {
            throw new IllegalArgumentException("not left by a " + thrown.getName());
        }
    }

    private static void invoke(Method method) {
        try {
            method.invoke(null);
        } catch (InvocationTargetException thrown) {
            throw new IllegalArgumentException("left by an exception", thrown.getCause());
        } catch (IllegalAccessException failed) {
            throw new IllegalArgumentException(failed);
        }
    }
}
