package dev.jlp.acceptance.programs;

import java.lang.ref.WeakReference;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;

/** Loaders of one library: the first one stays, others come and go. */
final class Comings {

    private static final int PRESENT_MAX = 4;

    /** The JVM is told to collect them before there are more: it need not, as long as it has memory. */
    private static final int LEFT_MAX = 100;

    private final URL jar;
    private final Class<?> first;
    private final Deque<Nested> present = new ArrayDeque<>();
    private final List<WeakReference<ClassLoader>> left = new ArrayList<>();
    private volatile List<Nested> nests;
    private int made;
    private int collected;

    Comings(Path jar) throws MalformedURLException, ReflectiveOperationException {
        this.jar = jar.toUri().toURL();
        Nested nest = make(new URLClassLoader(urls(), Comings.class.getClassLoader()));
        first = nest.getClass();
        nests = List.of(nest);
    }

    /** The library's class in the loader that stays. */
    Class<?> first() {
        return first;
    }

    Nested any(Random random) {
        List<Nested> now = nests;
        return now.get(random.nextInt(now.size()));
    }

    /**
     * A new loader of the library comes; when there are too many, the oldest goes. All threads may call it while
     * most of its classes are not loaded.
     */
    Nested renew(Random pauses) throws ReflectiveOperationException {
        Nested nest = make(new Slow(urls(), pauses));
        if (add(nest) > LEFT_MAX) {
            System.gc();
        }
        return nest;
    }

    private synchronized int add(Nested nest) {
        made++;
        present.add(nest);
        if (present.size() > PRESENT_MAX) {
            leave(present.remove());
        }
        list();
        return left.size();
    }

    private void leave(Nested nest) {
        left.add(new WeakReference<>(nest.getClass().getClassLoader()));
        int before = left.size();
        left.removeIf(loader -> loader.refersTo(null));
        collected += before - left.size();
    }

    private void list() {
        List<Nested> now = new ArrayList<>(List.of(nests.get(0)));
        now.addAll(present);
        nests = List.copyOf(now);
    }

    /** All but the first one go; fails if somebody keeps one of them. */
    synchronized String leaveAll() throws TimeoutException {
        for (int count = present.size(); count > 0; count--) {
            leave(present.remove());
        }
        list();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        for (System.gc(); !left.isEmpty(); System.gc()) {
            if (System.nanoTime() > end) {
                throw new TimeoutException(left.size() + " of " + made + " loaders are kept");
            }
            LockSupport.parkNanos(10_000_000);
            int before = left.size();
            left.removeIf(loader -> loader.refersTo(null));
            collected += before - left.size();
        }
        return "loaders=" + made + " collected=" + collected;
    }

    private URL[] urls() {
        return new URL[] {jar};
    }

    private static Nested make(ClassLoader loader) throws ReflectiveOperationException {
        return (Nested) loader.loadClass("rnd.Nest").getConstructor().newInstance();
    }

    /** Takes its time before each class that it defines, and so within the definition of a subclass. */
    private static final class Slow extends URLClassLoader {

        private final long pauseNanos;

        Slow(URL[] urls, Random pauses) {
            super(urls, Comings.class.getClassLoader());
            pauseNanos = pauses.nextInt(4) == 0 ? pauses.nextInt(5_000_000) : 0;
        }

        @Override
        protected Class<?> findClass(String name) throws ClassNotFoundException {
            if (pauseNanos > 0) {
                LockSupport.parkNanos(pauseNanos);
            }
            return super.findClass(name);
        }
    }
}
