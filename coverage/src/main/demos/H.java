import java.io.*;
import java.net.*;
import java.nio.file.*;
import java.nio.file.attribute.*;
import java.util.*;
import java.util.concurrent.*;

public class H {
    public static class Trap implements AutoCloseable {
        public final ServerSocket s;
        public volatile boolean hit;
        public int port;
        private final CountDownLatch first = new CountDownLatch(1);

        public Trap() throws IOException {
            s = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
            port = s.getLocalPort();
            Thread t = new Thread(() -> {
                try {
                    while (true) {
                        Socket c = s.accept();
                        hit = true;
                        first.countDown();
                        c.close();
                    }
                } catch (IOException e) {
                }
            });
            t.setDaemon(true);
            t.start();
        }

        public boolean hit(long ms) throws Exception {
            first.await(ms, TimeUnit.MILLISECONDS);
            return hit;
        }

        public void close() throws IOException {
            s.close();
        }
    }

    public interface C {
        Object call() throws Throwable;
    }
    /** returns result, Throwable, or "TIMEOUT" */
    public static Object timed(long ms, long stack, C c) throws Exception {
        Object[] r = new Object[1];
        boolean[] d = new boolean[1];
        Thread t = new Thread(
                null,
                () -> {
                    try {
                        r[0] = c.call();
                    } catch (Throwable x) {
                        r[0] = x;
                    }
                    d[0] = true;
                },
                "timed",
                stack);
        t.setDaemon(true);
        t.setContextClassLoader(H.class.getClassLoader());
        t.start();
        t.join(ms);
        if (!d[0]) {
            try {
                t.stop();
            } catch (Throwable x) {
            }
            return "TIMEOUT";
        }
        return r[0];
    }

    public static Object tr(C c) {
        try {
            return c.call();
        } catch (Throwable t) {
            return t;
        }
    }

    public static String v(boolean vuln, Object d) {
        String s = String.valueOf(d).replace('\n', ' ');
        if (s.length() > 700) s = s.substring(0, 700);
        return (vuln ? "VULN " : "FIXED ") + s;
    }

    public static boolean othersRead(Path p) throws IOException {
        Set<PosixFilePermission> q = Files.getPosixFilePermissions(p);
        return q.contains(PosixFilePermission.OTHERS_READ)
                || q.contains(PosixFilePermission.GROUP_READ);
    }

    public static String rep(String s, int n) {
        return s.repeat(n);
    }

    public static Path secret() throws IOException {
        Path p = Files.createTempFile("s", ".txt");
        Files.write(p, "SECRET42".getBytes());
        return p;
    }

    public static byte[] ser(Object o) throws IOException {
        ByteArrayOutputStream b = new ByteArrayOutputStream();
        try (ObjectOutputStream x = new ObjectOutputStream(b)) {
            x.writeObject(o);
        }
        return b.toByteArray();
    }

    public static Object deser(byte[] b) throws Exception {
        try (ObjectInputStream i = new ObjectInputStream(new ByteArrayInputStream(b)) {
            protected Class<?> resolveClass(ObjectStreamClass d)
                    throws IOException, ClassNotFoundException {
                return Class.forName(d.getName(), false, H.class.getClassLoader());
            }
        }) {
            return i.readObject();
        }
    }

    public static String cause(Object o) {
        if (o instanceof Throwable) {
            Throwable t = (Throwable) o;
            StringBuilder s = new StringBuilder();
            for (int i = 0; t != null && i < 6; i++, t = t.getCause())
                s.append(t.getClass().getSimpleName())
                        .append(": ")
                        .append(String.valueOf(t.getMessage()))
                        .append(" / ");
            return s.toString();
        }
        return String.valueOf(o);
    }

    public static boolean is(Object o, Class<?> k) {
        for (Throwable t = o instanceof Throwable ? (Throwable) o : null;
                t != null;
                t = t.getCause()) if (k.isInstance(t)) return true;
        return false;
    }

    @SuppressWarnings("unchecked")
    public static <T> T proxy(Class<T> c, Map<String, Object> m) {
        return (T) java.lang.reflect.Proxy.newProxyInstance(
                H.class.getClassLoader(), new Class[] {c}, (p, me, a) -> {
                    if (m.containsKey(me.getName())) {
                        Object v = m.get(me.getName());
                        if (v instanceof java.util.function.Function)
                            return ((java.util.function.Function<Object[], Object>) v).apply(a);
                        return v;
                    }
                    Class<?> r = me.getReturnType();
                    if (r == boolean.class) return false;
                    if (r == int.class) return 0;
                    if (r == long.class) return 0L;
                    if (me.getName().equals("hashCode")) return 1;
                    return null;
                });
    }
}
