package dev.jlp.acceptance.programs;

import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.ProtectionDomain;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** A third agent: offers plain redefinition, the control of the experiments, and retransforms. */
public final class TestAgent {

    private static volatile Instrumentation instrumentation;

    private TestAgent() {}

    /** The arguments, if there are any, name an agent that is to be started with {@link Faults}. */
    public static void premain(String arguments, Instrumentation given) throws Exception {
        if (arguments != null) {
            Faults.startAgent(arguments, given);
        }
        given.addTransformer(new Onlooker(), true);
        given.addTransformer(new Spoiler(), true);
        given.addTransformer(new Collecting(), true);
        instrumentation = given;
    }

    public static Instrumentation instrumentation() {
        Instrumentation given = instrumentation;
        if (given == null) {
            throw new IllegalStateException("the test agent was not started");
        }
        return given;
    }

    static String retransform(Class<?> type) throws UnmodifiableClassException {
        instrumentation().retransformClasses(type);
        return "retransformed";
    }

    /** Every class that can be, in one batch. */
    static String retransformAll() throws UnmodifiableClassException {
        instrumentation()
                .retransformClasses(loaded().filter(type ->
                                !type.isArray() && instrumentation().isModifiableClass(type))
                        .toArray(Class<?>[]::new));
        return "retransformed";
    }

    /** How many classes of this name are defined, whatever their loader. */
    static long count(String name) {
        return loaded().filter(type -> type.getName().equals(name)).count();
    }

    /** Classes of the library that are defined and that no transformer was offered. */
    static String unseen() {
        return loaded().map(Class::getName)
                .filter(name -> name.startsWith("lib.") && !Onlooker.SEEN.containsKey(name))
                .sorted()
                .toList()
                .toString();
    }

    /** A digest of the class file that this library's class was last defined or redefined with. */
    static String seen(String name) throws NoSuchAlgorithmException {
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(Onlooker.SEEN.get(name));
        return HexFormat.of().formatHex(digest);
    }

    private static Stream<Class<?>> loaded() {
        return Arrays.stream(instrumentation().getAllLoadedClasses());
    }

    /**
     * Gives each class of the library back as it came, in an array of its own: to the JVM it is a class
     * that this agent has changed.
     */
    private static final class Onlooker implements ClassFileTransformer {

        private static final Map<String, byte[]> SEEN = new ConcurrentHashMap<>();

        @Override
        public byte[] transform(
                ClassLoader loader,
                String name,
                Class<?> redefined,
                ProtectionDomain domain,
                byte[] bytes) {
            if (name == null || !name.startsWith("lib/")) {
                return null;
            }
            if (loader == ClassLoader.getSystemClassLoader()) {
                SEEN.put(name.replace('/', '.'), bytes);
            }
            return bytes.clone();
        }
    }
}
