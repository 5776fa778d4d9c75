package dev.jlp.acceptance.programs;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.instrument.UnmodifiableClassException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * Calls static methods without arguments of whatever library is on its class path, as the lines on
 * its standard input say. {@code CLASS} may be {@code LOADER:CLASS}.
 */
public final class Program {

    private final Map<String, ClassLoader> loaders = new ConcurrentHashMap<>();
    private final Map<String, CompletableFuture<String>> results = new ConcurrentHashMap<>();
    private final Map<String, Hammer> hammers = new ConcurrentHashMap<>();
    private final Map<String, Tracer> tracers = new ConcurrentHashMap<>();

    private Program() {}

    public static void main(String[] arguments) throws IOException {
        Program program = new Program();
        say("= ready");
        try (BufferedReader in =
                new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            for (String line = in.readLine();
                    line != null && !line.equals("exit");
                    line = in.readLine()) {
                program.answer(line.split(" ", -1));
            }
        }
    }

    private void answer(String[] words) {
        try {
            say("= " + run(words));
        } catch (InvocationTargetException thrown) {
            say("! " + thrown.getCause());
        } catch (ExecutionException thrown) {
            say("! " + thrown.getCause());
        } catch (Exception | LinkageError failed) {
            say("! " + failed);
        }
    }

    private String run(String[] words) throws Exception {
        return switch (words[0]) {
            case "call" -> (String) method(words[1], words[2]).invoke(null);
            case "call-locked" ->
                Locked.whileHeld(() -> (String) method(words[1], words[2]).invoke(null));
            case "start" -> start(words, false);
            case "start-virtual" -> start(words, true);
            case "hammer" -> hammer(words);
            case "hammered" -> hammers.get(words[1]).answers();
            case "start-odd" ->
                start(words, body -> new OddThread(words[4], words[1], body).start());
            case "join" -> results.get(words[1]).get(60, TimeUnit.SECONDS);
            case "done" -> String.valueOf(results.get(words[1]).isDone());
            case "open" -> Gate.open(words[1]);
            case "arrived" -> Gate.awaitArrival(words[1], Integer.parseInt(words[2]));
            case "passed" -> String.valueOf(Gate.arrived(words[1]));
            case "loader" ->
                loader(words[1], new URLClassLoader(urls(words), Program.class.getClassLoader()));
            case "slow-loader" -> loader(words[1], new SlowLoader(words[1], urls(words)));
            case "unwilling" -> loader(words[1], new Unwilling(urls(words), true));
            case "unreadable" -> loader(words[1], new Unwilling(urls(words), false));
            case "held-resources" -> loader(words[1], new HeldResources(urls(words)));
            case "plug-in" -> plugIn(words[1].split("=", -1), urls(words));
            case "nameless" -> loader(words[1], new NamelessLoader(words[1], urls(words)));
            case "drop" -> drop(words[1]);
            case "collected" -> Departed.awaitCollected(words[1]);
            case "idle" -> idle(Integer.parseInt(words[1]), false);
            case "idle-virtual" -> idle(Integer.parseInt(words[1]), true);
            case "initialise" -> Class.forName(words[1]).getName();
            case "retransform" -> TestAgent.retransform(Class.forName(words[1]));
            case "retransform-all" -> TestAgent.retransformAll();
            case "interrupt" -> interrupt(words[1]);
            case "dive" -> Visitors.dive(runnable(words[1]));
            case "forgotten" -> Visitors.awaitForgotten(runnable(words[1]));
            case "mistrust" -> Mistrust.begin();
            case "count" -> String.valueOf(TestAgent.count(words[1]));
            case "trace" -> trace(words[1]);
            case "traced" -> Tracer.call(method(words[1], words[2]));
            case "untrace" -> untrace(words[1]);
            case "unseen" -> TestAgent.unseen();
            case "seen" -> TestAgent.seen(words[1]);
            case "beans" -> Beans.names(words[1]);
            case "bean" -> Beans.attributes(words[1]);
            case "set-bean" -> Beans.set(words[1], words[2]);
            case "property" -> System.getProperty(words[1]);
            case "set" -> set(words);
            case "exhaust" -> Hunger.exhaust(words[1]);
            case "relieve" -> Hunger.relieve();
            case "clock" -> String.valueOf(System.currentTimeMillis());
            default -> throw new IllegalArgumentException("unknown command '" + words[0] + "'");
        };
    }

    /** Every thread of this name, and those that it counts. */
    private static String interrupt(String prefix) {
        List<Thread> found = Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith(prefix))
                .toList();
        found.forEach(Thread::interrupt);
        return found.stream().map(Thread::getName).sorted().toList().toString();
    }

    private Method method(String place, String name) throws ReflectiveOperationException {
        int colon = place.indexOf(':');
        ClassLoader loader =
                colon < 0 ? Program.class.getClassLoader() : loaders.get(place.substring(0, colon));
        // Not initialised here: that is the call's business.
        Class<?> type = Class.forName(place.substring(colon + 1), false, loader);
        return type.getMethod(name);
    }

    private static String set(String[] words) {
        String value = String.join(" ", List.of(words).subList(2, words.length));
        System.setProperty(words[1], value);
        return value;
    }

    private static Runnable runnable(String type) throws ReflectiveOperationException {
        return Class.forName(type).asSubclass(Runnable.class).getConstructor().newInstance();
    }

    private String trace(String type) throws ClassNotFoundException, UnmodifiableClassException {
        tracers.put(type, Tracer.begin(Class.forName(type)));
        return type;
    }

    private String untrace(String type) throws UnmodifiableClassException {
        tracers.remove(type).end();
        return type;
    }

    private String hammer(String[] words) throws ReflectiveOperationException, TimeoutException {
        Method method = method(words[2], words[3]);
        hammers.put(words[1], new Hammer(words[1], () -> (String) method.invoke(null)));
        return words[1];
    }

    private String start(String[] words, boolean virtual) {
        return start(words, body -> Threads.start(words[1], virtual, body));
    }

    private String start(String[] words, Consumer<Runnable> starter) {
        String name = words[1];
        CompletableFuture<String> result = new CompletableFuture<>();
        results.put(name, result);
        starter.accept(() -> {
            try {
                result.complete((String) method(words[2], words[3]).invoke(null));
            } catch (InvocationTargetException thrown) {
                result.completeExceptionally(thrown.getCause());
            } catch (Throwable failed) {
                result.completeExceptionally(failed);
            }
        });
        return name;
    }

    private String loader(String name, ClassLoader loader) {
        loaders.put(name, loader);
        return name;
    }

    /** {@code KEY} or {@code KEY=NAME}: several loaders may have the same name. */
    private String plugIn(String[] names, URL[] urls) {
        ClassLoader parent = Program.class.getClassLoader();
        return loader(names[0], new URLClassLoader(names[names.length - 1], urls, parent));
    }

    private String drop(String name) throws IOException {
        URLClassLoader loader = (URLClassLoader) loaders.remove(name);
        Departed.note(name, loader);
        loader.close();
        return name;
    }

    private static URL[] urls(String[] words) throws MalformedURLException {
        URL[] urls = new URL[words.length - 2];
        for (int i = 0; i < urls.length; i++) {
            urls[i] = Path.of(words[i + 2]).toUri().toURL();
        }
        return urls;
    }

    private static String idle(int count, boolean virtual) throws InterruptedException {
        CountDownLatch started = new CountDownLatch(count);
        for (int i = 0; i < count; i++) {
            Threads.start("idle-" + i, virtual, () -> {
                started.countDown();
                Gate.pass("never");
            });
        }
        started.await();
        return String.valueOf(count);
    }

    private static void say(String line) {
        synchronized (System.out) {
            System.out.println(line);
            System.out.flush();
        }
    }

    /** Waits at the gate of its own name before it loads a superclass whose name ends in Base. */
    private static final class SlowLoader extends URLClassLoader {

        SlowLoader(String name, URL[] urls) {
            super(name, urls, Program.class.getClassLoader());
        }

        @Override
        public Class<?> loadClass(String name) throws ClassNotFoundException {
            if (name.endsWith("Base")) {
                Gate.pass(getName());
            }
            return super.loadClass(name);
        }
    }
}
