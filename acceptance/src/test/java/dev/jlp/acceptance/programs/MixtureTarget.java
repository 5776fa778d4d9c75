package dev.jlp.acceptance.programs;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Many threads that call a library without end and note which versions each outermost call ran. The
 * library is in two jars, loaded twice: loader A, its child B, and a copy of both.
 *
 * <p>Arguments: platform threads, virtual threads, seed, and the jars {@code lib-a}, {@code lib-b}
 * before and after.
 */
public final class MixtureTarget {

    private final List<Worker> workers = new ArrayList<>();
    private final List<Library> libraries;
    private final Ledger ledger = new Ledger();
    private final PlainRedefinition control;
    private final Pace pace;

    private MixtureTarget(String[] arguments) throws ReflectiveOperationException, IOException {
        int platform = Integer.parseInt(arguments[0]);
        int virtual = Integer.parseInt(arguments[1]);
        Random seeds = new Random(Long.parseLong(arguments[2]));
        Path jarA = Path.of(arguments[3]);
        Path jarB = Path.of(arguments[4]);
        Library copy = new Library(jarA, jarB, () -> {});
        Library first = new Library(jarA, jarB, copy.crossing());
        control = new PlainRedefinition(
                List.of(first.loaderA, first.loaderB, copy.loaderA, copy.loaderB),
                List.of(Path.of(arguments[5]), Path.of(arguments[6])),
                List.of(jarA, jarB));
        libraries = List.of(first, copy);
        pace = new Pace(platform / 4 + virtual);
        first.warmUp();
        copy.warmUp();
        for (int i = 0; i < platform + virtual; i++) {
            boolean isVirtual = i >= platform;
            Worker worker =
                    new Worker(libraries, ledger, pace, seeds.nextLong(), Habit.of(i, isVirtual));
            workers.add(worker);
            Threads.start("worker-" + i, isVirtual, worker);
        }
        Threads.start("churn", false, () -> churn(seeds.nextLong()));
    }

    public static void main(String[] arguments) throws ReflectiveOperationException, IOException {
        MixtureTarget target = new MixtureTarget(arguments);
        System.out.println("= ready");
        try (BufferedReader in =
                new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            for (String line = in.readLine();
                    line != null && !line.equals("exit");
                    line = in.readLine()) {
                System.out.println(target.answer(line));
            }
        }
    }

    private String answer(String line) {
        try {
            return switch (line) {
                case "stats" -> "= " + ledger.sum(workers);
                case "mark" -> "= " + ledger.mark();
                case "hold" -> "= " + hold();
                case "release" -> "= " + Hold.release();
                case "redefine" -> "= " + control.redefine();
                default -> "! unknown command";
            };
        } catch (Exception failed) {
            return "! " + failed;
        }
    }

    /** Starts a thread that stays inside a body until it is released. */
    private String hold() {
        Hold.begin();
        Worker holder = new Worker(libraries, ledger, pace, 0, Habit.BRIEF);
        Threads.start("holder", false, () -> {
            holder.account("held", libraries.get(0).held);
            ledger.add(holder);
        });
        Hold.awaitArrival();
        return "holding";
    }

    /** Threads that are born, call a little and die, all the time. */
    private void churn(long seed) {
        Random random = new Random(seed);
        while (true) {
            Worker brief = new Worker(libraries, ledger, pace, random.nextLong(), Habit.BRIEF);
            Thread thread = Threads.start("brief", false, brief);
            try {
                thread.join();
            } catch (InterruptedException interrupted) {
                return;
            }
            ledger.add(brief);
        }
    }

    /** The library in one pair of loaders. */
    static final class Library {

        final URLClassLoader loaderA;
        final URLClassLoader loaderB;
        final Map<String, Runnable> entries;
        final List<String> names;
        final Runnable held;
        final List<Method> reflective;

        @SuppressWarnings("unchecked")
        Library(Path jarA, Path jarB, Runnable other)
                throws ReflectiveOperationException, IOException {
            loaderA = new URLClassLoader(
                    new URL[] {jarA.toUri().toURL()}, MixtureTarget.class.getClassLoader());
            loaderB = new URLClassLoader(new URL[] {jarB.toUri().toURL()}, loaderA);
            Class<?> door = Class.forName("mix.b.Entries", true, loaderB);
            entries = (Map<String, Runnable>)
                    door.getMethod("all", Runnable.class).invoke(null, other);
            held = entries.remove("held");
            names = List.copyOf(entries.keySet());
            reflective = (List<Method>) door.getMethod("reflective").invoke(null);
        }

        Runnable crossing() {
            return entries.get("chain");
        }

        void warmUp() throws ReflectiveOperationException {
            for (int i = 0; i < 3; i++) {
                entries.values().forEach(Runnable::run);
                for (Method method : reflective) {
                    method.invoke(null);
                }
            }
        }
    }
}
