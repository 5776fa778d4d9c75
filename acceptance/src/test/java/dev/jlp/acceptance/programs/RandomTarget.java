package dev.jlp.acceptance.programs;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

/**
 * Threads of all kinds that are born, call a library and end, and loaders of that library that come and go, while
 * somebody patches it. Arguments: seed, jar.
 */
public final class RandomTarget {

    private static final int STEADY_THREADS = 2;
    private static final int LOADERS_MAX = 4;

    private final Judge judge = new Judge();
    private final URL jar;
    private final Class<?> first;
    private final List<Runnable> nests = new CopyOnWriteArrayList<>();
    private final Map<String, Thread> held = new ConcurrentHashMap<>();

    private RandomTarget(long seed, Path jar) throws Exception {
        this.jar = jar.toUri().toURL();
        Random seeds = new Random(seed);
        first = load().loadClass("rnd.Nest");
        nests.add(nest(first));
        for (int i = 0; i < STEADY_THREADS; i++) {
            Random random = new Random(seeds.nextLong());
            goOn("steady-" + i, i == 1 && Runtime.version().feature() >= 21, () -> {
                work("steady", random);
                LockSupport.parkNanos(random.nextInt(2_000_000));
            });
        }
        Random births = new Random(seeds.nextLong());
        Random inBirths = new Random(seeds.nextLong());
        goOn("births", false, () -> {
            Births.any(births).give(kind -> work(kind, inBirths));
            LockSupport.parkNanos(1_000_000);
        });
        Random inServer = new Random(seeds.nextLong());
        Server server = new Server(() -> work("SERVER", inServer));
        goOn("client", false, () -> {
            server.ask();
            LockSupport.parkNanos(3_000_000);
        });
        Random loaders = new Random(seeds.nextLong());
        ArrayDeque<URLClassLoader> present = new ArrayDeque<>();
        goOn("loaders", false, () -> renew(present, loaders));
    }

    public static void main(String[] arguments) throws Exception {
        RandomTarget target = new RandomTarget(Long.parseLong(arguments[0]), Path.of(arguments[1]));
        System.out.println("= ready");
        try (BufferedReader in =
                new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            for (String line = in.readLine();
                    line != null && !line.equals("exit");
                    line = in.readLine()) {
                System.out.println(target.answer(line.split(" ", -1)));
            }
        }
    }

    private String answer(String[] words) {
        try {
            return "= "
                    + switch (words[0]) {
                        case "allow" -> judge.allow(numbers(words));
                        case "tolerate" -> judge.tolerate(words[1].equals("force"));
                        case "hold" -> hold(words[1]);
                        case "release" -> release(words[1]);
                        case "more" -> more(Integer.parseInt(words[1]));
                        case "each" -> each(words);
                        case "stats" -> judge.stats();
                        default ->
                            throw new IllegalArgumentException(
                                    "unknown command '" + words[0] + "'");
                    };
        } catch (Exception failed) {
            return "! " + failed;
        }
    }

    private static java.util.Set<Integer> numbers(String[] words) {
        return Arrays.stream(words).skip(1).map(Integer::valueOf).collect(Collectors.toSet());
    }

    /** Starts a thread that stays inside a body until it is released. */
    private String hold(String name) throws ReflectiveOperationException, TimeoutException {
        Method body = first.getMethod("held", String.class);
        held.put(
                name,
                Threads.start(name, false, () -> judge.judge("held", () -> invoke(body, name))));
        await(name + " is inside", () -> Gate.arrived(name) > 0);
        return "holding";
    }

    private String release(String name) throws InterruptedException {
        Gate.open(name);
        held.remove(name).join();
        return "released";
    }

    private String more(int count) throws TimeoutException {
        long enough = judge.nests() + count;
        await(count + " more nests", () -> judge.nests() >= enough);
        return judge.stats();
    }

    /** Waits until each of these kinds of threads has run some more. */
    private String each(String[] words) throws TimeoutException {
        Map<String, Long> start = judge.kinds();
        await("more nests of each kind", () -> {
            Map<String, Long> now = judge.kinds();
            return Arrays.stream(words)
                    .skip(1)
                    .allMatch(kind -> now.getOrDefault(kind, 0L) > start.getOrDefault(kind, 0L));
        });
        return judge.stats();
    }

    private static void await(String what, java.util.function.BooleanSupplier condition)
            throws TimeoutException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(80);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new TimeoutException("still not: " + what);
            }
            LockSupport.parkNanos(500_000);
        }
    }

    private void work(String kind, Random random) {
        int any = random.nextInt(nests.size());
        try {
            judge.judge(kind, nests.get(Math.min(any, nests.size() - 1)));
        } catch (RuntimeException | Error failed) {
            judge.failed(kind, failed);
        }
    }

    /** A new loader of the library comes; when there are too many, the oldest goes. */
    private void renew(ArrayDeque<URLClassLoader> present, Random random) throws Exception {
        URLClassLoader loader = load();
        present.add(loader);
        Runnable nest = nest(loader.loadClass("rnd.Nest"));
        judge.judge("arriving", nest);
        nests.add(nest);
        if (present.size() > LOADERS_MAX) {
            nests.remove(1);
            present.remove().close();
        }
        LockSupport.parkNanos(5_000_000 + random.nextInt(20_000_000));
    }

    private URLClassLoader load() {
        return new URLClassLoader(new URL[] {jar}, RandomTarget.class.getClassLoader());
    }

    private static Runnable nest(Class<?> type) throws ReflectiveOperationException {
        return (Runnable) type.getConstructor().newInstance();
    }

    private static void invoke(Method body, String gate) {
        try {
            body.invoke(null, gate);
        } catch (ReflectiveOperationException failed) {
            throw new IllegalStateException(failed);
        }
    }

    private void goOn(String name, boolean virtual, Step step) {
        Threads.start(name, virtual, () -> {
            while (true) {
                try {
                    step.run();
                } catch (Throwable failed) {
                    judge.failed(name, failed);
                    return;
                }
            }
        });
    }

    private interface Step {
        void run() throws Exception;
    }
}
