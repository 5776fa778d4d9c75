package dev.jlp.acceptance.programs;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.reflect.Method;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

/**
 * Threads of all kinds that are born, call a library and end, and loaders of that library that come and go, while
 * somebody patches it. Arguments: seed, jar, and any number of {@link Strain}s.
 */
public final class RandomTarget implements Strain.Part {

    private static final int STEADY_THREADS = 2;

    private final Judge judge = new Judge();
    private final Chores chores = new Chores(judge);
    private final Map<String, Thread> held = new ConcurrentHashMap<>();
    private final Path jar;
    private final Comings comings;
    private final Random seeds;

    private RandomTarget(long seed, Path jar) throws Exception {
        this.jar = jar;
        comings = new Comings(jar);
        seeds = new Random(seed);
        for (int i = 0; i < STEADY_THREADS; i++) {
            Random random = random();
            chores.goOn("steady-" + i, i == 1 && Runtime.version().feature() >= 21, () -> {
                work("steady", random);
                LockSupport.parkNanos(random.nextInt(2_000_000));
            });
        }
        Random births = random();
        Random inBirths = random();
        chores.goOn("births", false, () -> {
            Births.any(births).give(kind -> work(kind, inBirths));
            LockSupport.parkNanos(1_000_000);
        });
        Random inServer = random();
        Server server = Server.ofBriefThreads(() -> {
            work("SERVER", inServer);
            return "done";
        });
        chores.goOn("client", false, () -> {
            String answer = server.ask();
            if (!answer.equals("done")) {
                throw new IOException("answered: " + answer);
            }
            LockSupport.parkNanos(3_000_000);
        });
        Random loaders = random();
        chores.goOn("loaders", false, () -> {
            judge.judge("arriving", comings.renew(loaders));
            LockSupport.parkNanos(5_000_000 + loaders.nextInt(20_000_000));
        });
    }

    public static void main(String[] arguments) throws Exception {
        RandomTarget target = new RandomTarget(Long.parseLong(arguments[0]), Path.of(arguments[1]));
        for (String strain : List.of(arguments).subList(2, arguments.length)) {
            Strain.valueOf(strain).begin(target);
        }
        System.out.println("= ready");
        try (BufferedReader in =
                new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            for (String line = in.readLine();
                    line != null && !line.equals("exit");
                    line = in.readLine()) {
                System.out.println(target.answer(line.split(" ", -1)));
            }
        }
        System.exit(0); // the servers' own threads are no daemons
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
                        case "counts" -> judge.counts();
                        case "resources" -> chores.inQuiet(Resources::now);
                        case "leave" -> chores.inQuiet(comings::leaveAll);
                        case "redefine" -> redefine(Path.of(words[1]));
                        case "wrong" -> String.join(" ", judge.wrongKinds());
                        default ->
                            throw new IllegalArgumentException(
                                    "unknown command '" + words[0] + "'");
                    };
        } catch (Exception failed) {
            return "! " + failed;
        }
    }

    private static Set<Integer> numbers(String[] words) {
        return Arrays.stream(words).skip(1).map(Integer::valueOf).collect(Collectors.toSet());
    }

    /** Starts a thread that stays inside a body until it is released. */
    private String hold(String name) throws ReflectiveOperationException, TimeoutException {
        Method body = comings.first().getMethod("held", String.class);
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

    /** The control of the experiment: the library in the first loader to this jar's, in place, and back. */
    private String redefine(Path fixed) throws Exception {
        PlainRedefinition control = new PlainRedefinition(
                List.of((URLClassLoader) comings.first().getClassLoader()),
                List.of(fixed),
                List.of(jar));
        control.redefine();
        return control.redefine();
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
        judge.guard(kind, comings.any(random));
    }

    private static void invoke(Method body, String gate) {
        try {
            body.invoke(null, gate);
        } catch (ReflectiveOperationException failed) {
            throw new IllegalStateException(failed);
        }
    }

    @Override
    public Random random() {
        return new Random(seeds.nextLong());
    }

    @Override
    public Judge judge() {
        return judge;
    }

    @Override
    public Chores chores() {
        return chores;
    }

    @Override
    public Comings comings() {
        return comings;
    }
}
