package dev.jlp.coverage.weaving;

import org.w3c.dom.Document;
import org.xml.sax.InputSource;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandleProxies;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Proxy;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.TimeZone;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.IntUnaryOperator;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;

import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.transform.OutputKeys;
import javax.xml.transform.Transformer;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;
import javax.xml.xpath.XPathFactory;

/** A fixed piece of work in many corners of the JDK. Two JVMs whose JDKs behave the same print the same. */
public final class JdkWork {

    private static final int ROUNDS = 3;

    private final Path folder;
    private final PrintStream out;

    private JdkWork(Path folder, PrintStream out) {
        this.folder = folder;
        this.out = out;
    }

    /** One part of the work. */
    private interface Part {
        Object result() throws Exception;
    }

    /** Takes a folder that is empty. */
    public static void main(String[] arguments) throws IOException {
        Locale.setDefault(Locale.US);
        TimeZone.setDefault(TimeZone.getTimeZone("UTC"));
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        for (int round = 0; round < ROUNDS; round++) {
            Path folder = Files.createDirectory(Path.of(arguments[0]).resolve("round" + round));
            new JdkWork(folder, out).all();
        }
    }

    private void all() {
        part("regex", ValueWork::regex);
        part("numbers", ValueWork::numbers);
        part("texts", ValueWork::texts);
        part("dates", ValueWork::dates);
        part("collections", ValueWork::collections);
        part("streams", ValueWork::streams);
        part("threads", JdkWork::threads);
        part("zip", ValueWork::zip);
        part("charsets", ValueWork::charsets);
        part("digests", ValueWork::digests);
        part("serialisation", JdkWork::serialisation);
        part("reflection", JdkWork::reflection);
        part("xml", JdkWork::xml);
        part("sockets", JdkWork::sockets);
        part("exceptions", JdkWork::exceptions);
        part("files", this::files);
        part("javac", this::javac);
        part("jar and javap", this::tools);
    }

    private void part(String name, Part part) {
        // Whatever the JDK throws is a result.
        try {
            out.println(name + ": " + part.result());
        } catch (Exception | Error thrown) {
            StringWriter trace = new StringWriter();
            thrown.printStackTrace(new PrintWriter(trace));
            out.println(name + ": " + trace);
        }
    }

    private static Object threads() throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(4);
        ConcurrentHashMap<Integer, AtomicInteger> counts = new ConcurrentHashMap<>();
        ConcurrentSkipListMap<Integer, Integer> skips = new ConcurrentSkipListMap<>();
        ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
        int[] guarded = new int[1];
        CountDownLatch done = new CountDownLatch(4);
        List<Callable<Integer>> tasks = new ArrayList<>();
        for (int t = 0; t < 4; t++) {
            int number = t;
            tasks.add(() -> {
                for (int i = 0; i < 1000; i++) {
                    counts.computeIfAbsent(i % 17, key -> new AtomicInteger()).incrementAndGet();
                    skips.put(i, number);
                    lock.writeLock().lock();
                    try {
                        guarded[0]++;
                    } finally {
                        lock.writeLock().unlock();
                    }
                }
                done.countDown();
                return number;
            });
        }
        int sum = 0;
        for (Future<Integer> each : pool.invokeAll(tasks)) {
            sum += each.get();
        }
        pool.shutdown();
        String chained = CompletableFuture.supplyAsync(() -> 20)
                .thenCombine(CompletableFuture.supplyAsync(() -> 22), Integer::sum)
                .thenApply(String::valueOf)
                .get(1, TimeUnit.MINUTES);
        return List.of(
                sum,
                counts.toString(),
                skips.size(),
                guarded[0],
                done.getCount(),
                pool.awaitTermination(1, TimeUnit.MINUTES),
                chained);
    }

    private static Object serialisation() throws Exception {
        Map<String, Object> graph = new LinkedHashMap<>();
        graph.put("date", LocalDate.EPOCH);
        graph.put("numbers", new ArrayList<>(List.of(1, 2L, BigInteger.TEN, 1.5)));
        graph.put("locale", Locale.CANADA_FRENCH);
        graph.put("self", graph.keySet().toArray(new String[0]));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream objects = new ObjectOutputStream(bytes)) {
            objects.writeObject(graph);
        }
        try (ObjectInputStream objects =
                new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            Map<?, ?> again = (Map<?, ?>) objects.readObject();
            return List.of(bytes.size(), again.keySet(), String.valueOf(again.get("numbers")));
        }
    }

    private static Object reflection() throws Exception {
        List<String> calls = new ArrayList<>();
        Comparable<?> proxy = (Comparable<?>) Proxy.newProxyInstance(
                JdkWork.class.getClassLoader(),
                new Class<?>[] {Comparable.class},
                (self, method, given) -> {
                    calls.add(method.getName());
                    return 5;
                });
        Object answer = Comparable.class.getMethod("compareTo", Object.class).invoke(proxy, "x");
        MethodHandle reverse = MethodHandles.lookup()
                .findStatic(Integer.class, "reverse", MethodType.methodType(int.class, int.class));
        int handled = MethodHandleProxies.asInterfaceInstance(IntUnaryOperator.class, reverse)
                .applyAsInt(5);
        String members = Arrays.stream(java.util.Optional.class.getMethods())
                .map(method -> method.toGenericString())
                .sorted()
                .collect(Collectors.joining(";"));
        return List.of(answer, calls, handled, members.hashCode());
    }

    private static Object xml() throws Exception {
        String source =
                "<?xml version='1.0'?><shop><tea price='3'>mint</tea><tea price='5'><![CDATA[<green>]]></tea></shop>";
        Document document = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(source)));
        Transformer transformer = TransformerFactory.newInstance().newTransformer();
        transformer.setOutputProperty(OutputKeys.INDENT, "yes");
        StringWriter written = new StringWriter();
        transformer.transform(new DOMSource(document), new StreamResult(written));
        String sum = XPathFactory.newInstance()
                .newXPath()
                .evaluate("sum(/shop/tea/@price) * count(//tea)", document);
        return List.of(written.toString(), sum);
    }

    private static Object sockets() throws Exception {
        try (ServerSocket server = new ServerSocket()) {
            server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            CompletableFuture<String> heard = CompletableFuture.supplyAsync(() -> {
                try (Socket accepted = server.accept()) {
                    String said = new String(
                            accepted.getInputStream().readNBytes(5), StandardCharsets.UTF_8);
                    accepted.getOutputStream()
                            .write(said.toUpperCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8));
                    return said;
                } catch (IOException broken) {
                    return broken.toString();
                }
            });
            try (Socket client = new Socket(server.getInetAddress(), server.getLocalPort())) {
                client.getOutputStream().write("hello".getBytes(StandardCharsets.UTF_8));
                String echo =
                        new String(client.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                return List.of(echo, heard.get(1, TimeUnit.MINUTES));
            }
        }
    }

    private static Object exceptions() {
        List<String> said = new ArrayList<>();
        List<Part> faults = List.of(
                () -> List.of(1).get(3),
                () -> Integer.parseInt("x1"),
                () -> new ArrayList<>(List.of(1, 2)).listIterator(9),
                () -> LocalDate.of(2023, 2, 29),
                () -> Pattern.compile("(".concat("a")),
                () -> "abc".substring(2, 1),
                () -> new Properties().getProperty(null),
                () -> BigDecimal.ONE.divide(BigDecimal.valueOf(3)),
                () -> Class.forName("nobody.Knows"));
        for (Part fault : faults) {
            try {
                said.add("nothing thrown: " + fault.result());
            } catch (Exception thrown) {
                StackTraceElement top = thrown.getStackTrace()[0];
                said.add(thrown.getMessage() + " at " + top);
            }
        }
        return said;
    }

    private Object files() throws IOException {
        Path file = folder.resolve("texts/one.txt");
        Files.createDirectories(file.getParent());
        Files.writeString(file, ValueWork.TEXT.repeat(50));
        Files.copy(file, folder.resolve("texts/two.txt"));
        Properties properties = new Properties();
        properties.setProperty("schlüssel", "wert = 1");
        StringWriter stored = new StringWriter();
        properties.store(stored, null);
        try (var all = Files.walk(folder)) {
            return List.of(
                    all.map(each -> folder.relativize(each).toString()).sorted().toList(),
                    Files.mismatch(file, folder.resolve("texts/two.txt")),
                    Files.readAllLines(file).size(),
                    stored.toString()
                            .lines()
                            .filter(line -> !line.startsWith("#"))
                            .toList());
        }
    }

    private Object javac() throws Exception {
        Path source = folder.resolve("Shapes.java");
        Files.writeString(source, """
                import java.util.*;
                import java.util.stream.*;

                public sealed interface Shapes permits Shapes.Circle, Shapes.Square {
                    record Circle(double radius) implements Shapes {}
                    record Square(double side) implements Shapes {}
                    enum Size { SMALL, LARGE }

                    static String area(Shapes shape) {
                        if (shape instanceof Circle circle) {
                            return String.format(Locale.ROOT, "%.3f", Math.PI * circle.radius() * circle.radius());
                        }
                        return "" + Math.pow(((Square) shape).side(), 2);
                    }

                    static String all() {
                        return Stream.of(new Circle(1), new Square(2), new Circle(3))
                                .collect(Collectors.groupingBy(
                                        shape -> area(shape).length() > 5 ? Size.LARGE : Size.SMALL,
                                        () -> new EnumMap<>(Size.class),
                                        Collectors.mapping(Shapes::area, Collectors.joining("+"))))
                                .toString();
                    }
                }
                """);
        String said = run("javac", "-Xlint:all", "-g", "-d", folder.toString(), source.toString());
        Files.writeString(source, "class Broken { int x = \"text\"; void y() { return 1; } }");
        String wrong = run("javac", "-d", folder.toString(), source.toString());
        try (java.net.URLClassLoader loader =
                new java.net.URLClassLoader(new java.net.URL[] {folder.toUri().toURL()})) {
            Object result = loader.loadClass("Shapes").getMethod("all").invoke(null);
            byte[] classFile = Files.readAllBytes(folder.resolve("Shapes.class"));
            return List.of(
                    said, wrong.replace(folder.toString(), ""), result, Arrays.hashCode(classFile));
        }
    }

    private Object tools() throws IOException {
        Path jar = folder.resolve("shapes.jar");
        String made = run(
                "jar",
                "--create",
                "--file",
                jar.toString(),
                "-C",
                folder.toString(),
                "Shapes.class");
        return List.of(
                made,
                run("jar", "--list", "--file", jar.toString()),
                run("javap", "-p", "-c", "-v", "-cp", jar.toString(), "Shapes")
                        .lines()
                        .filter(line ->
                                !line.contains("Last modified") && !line.contains("Classfile"))
                        .collect(Collectors.joining("\n"))
                        .hashCode());
    }

    private static String run(String tool, String... arguments) {
        StringWriter said = new StringWriter();
        PrintWriter writer = new PrintWriter(said);
        int exit = ToolProvider.findFirst(tool).orElseThrow().run(writer, writer, arguments);
        writer.flush();
        return exit + said.toString();
    }
}
