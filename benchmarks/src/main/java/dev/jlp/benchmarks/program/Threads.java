package dev.jlp.benchmarks.program;

import java.io.IOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntUnaryOperator;

/** Threads of one kind, all of which have begun when the command is answered. */
final class Threads {

    private static final int READERS_MAX = 100;
    private static final int CALLS = 1_000;
    private static final long MILLISECOND = 1_000_000;
    private static final Object MONITOR = new Object();
    private static final List<Socket> SOCKETS = new ArrayList<>();

    /** Where results go, so that no compiler leaves a call out. */
    static volatile int sink;

    private Threads() {}

    static String start(String kind, int count) throws ReflectiveOperationException, IOException {
        CountDownLatch begun = new CountDownLatch(count);
        if (kind.equals("blocked")) {
            holdMonitor();
        }
        Method startVirtual = kind.equals("virtual")
                ? Thread.class.getMethod("startVirtualThread", Runnable.class)
                : Threads.class.getDeclaredMethod("startPlatform", Runnable.class);
        List<Socket> sockets = kind.equals("blocked") ? sockets(count / 10) : List.of();
        boolean calls = kind.equals("busy") || kind.equals("serving");
        IntUnaryOperator changed = calls ? changed() : x -> x;
        long pauseNanos = kind.equals("busy") ? MILLISECOND : count * MILLISECOND;
        for (int i = 0; i < count; i++) {
            int number = i;
            Runnable work = switch (kind) {
                case "blocked" ->
                    number < sockets.size()
                            ? () -> read(sockets.get(number))
                            : Threads::enterMonitor;
                case "busy", "serving" -> () -> call(changed, pauseNanos);
                default -> Threads::park;
            };
            Runnable counted = () -> {
                begun.countDown();
                work.run();
            };
            startVirtual.invoke(null, counted);
        }
        try {
            begun.await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
        return kind + " " + count;
    }

    static void startPlatform(Runnable work) {
        Thread thread = new Thread(null, work, "worker", 256 * 1024);
        thread.setDaemon(true);
        thread.start();
    }

    private static void park() {
        while (true) {
            LockSupport.park();
        }
    }

    /** Calls the method that patches change, then makes room for the others. */
    private static void call(IntUnaryOperator changed, long pauseNanos) {
        while (true) {
            int sum = 0;
            for (int i = 0; i < CALLS; i++) {
                sum += changed.applyAsInt(i);
            }
            sink = sum;
            LockSupport.parkNanos(pauseNanos);
        }
    }

    private static IntUnaryOperator changed() throws ReflectiveOperationException {
        MethodHandle value = MethodHandles.lookup()
                .findStatic(
                        Class.forName("subject.S0"),
                        "value",
                        MethodType.methodType(int.class, int.class));
        return java.lang.invoke.MethodHandleProxies.asInterfaceInstance(
                IntUnaryOperator.class, value);
    }

    private static void holdMonitor() {
        CountDownLatch held = new CountDownLatch(1);
        startPlatform(() -> {
            synchronized (MONITOR) {
                held.countDown();
                park();
            }
        });
        try {
            held.await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private static void enterMonitor() {
        synchronized (MONITOR) {
            sink = 1;
        }
    }

    private static List<Socket> sockets(int wanted) throws IOException {
        int count = Math.min(wanted, READERS_MAX);
        List<Socket> clients = new ArrayList<>();
        try (ServerSocket server =
                new ServerSocket(0, count + 1, InetAddress.getLoopbackAddress())) {
            for (int i = 0; i < count; i++) {
                clients.add(new Socket(InetAddress.getLoopbackAddress(), server.getLocalPort()));
                SOCKETS.add(server.accept());
            }
        }
        return clients;
    }

    private static void read(Socket socket) {
        try {
            sink = socket.getInputStream().read();
        } catch (IOException closed) {
            sink = -1;
        }
    }
}
