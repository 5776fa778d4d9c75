package dev.jlp.acceptance.programs;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** All the ways in which a program gets threads that are born, do a few things and end. */
enum Births {
    THREADS {
        @Override
        void give(Consumer<String> work) throws Exception {
            List<Thread> threads = new ArrayList<>();
            for (int i = 0; i < FEW; i++) {
                threads.add(Threads.start("brief-" + i, false, () -> work.accept(name())));
            }
            for (Thread thread : threads) {
                thread.join();
            }
        }
    },
    EXECUTOR {
        @Override
        void give(Consumer<String> work) throws Exception {
            through(Executors.newFixedThreadPool(FEW), work);
        }
    },
    FUTURES {
        @Override
        void give(Consumer<String> work) {
            CompletableFuture<?> all = CompletableFuture.allOf(IntStream.range(0, FEW)
                    .mapToObj(i -> CompletableFuture.runAsync(() -> work.accept(name()))
                            .thenRunAsync(() -> work.accept(name())))
                    .toArray(CompletableFuture<?>[]::new));
            all.join();
        }
    },
    STREAM {
        @Override
        void give(Consumer<String> work) {
            IntStream.range(0, MANY).parallel().forEach(i -> work.accept(name()));
        }
    },
    VIRTUAL_EXECUTOR {
        @Override
        void give(Consumer<String> work) throws Exception {
            through(
                    (ExecutorService) Executors.class
                            .getMethod("newVirtualThreadPerTaskExecutor")
                            .invoke(null),
                    work);
        }
    };

    private static final int FEW = 4;
    private static final int MANY = 16;
    private static final boolean HAS_VIRTUAL = Runtime.version().feature() >= 21;

    /** Has the work done in threads of this kind, and waits for them. */
    abstract void give(Consumer<String> work) throws Exception;

    static Births any(Random random) {
        return values()[random.nextInt(HAS_VIRTUAL ? values().length : values().length - 1)];
    }

    void through(ExecutorService executor, Consumer<String> work) throws InterruptedException {
        for (int i = 0; i < MANY; i++) {
            executor.execute(() -> work.accept(name()));
        }
        executor.shutdown();
        if (!executor.awaitTermination(1, TimeUnit.MINUTES)) {
            throw new IllegalStateException("an executor does not end");
        }
    }
}
