package dev.jlp.acceptance.programs;

import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.security.ProtectionDomain;

/** A third agent: offers plain redefinition, the control of the experiments, and retransforms. */
public final class TestAgent {

    private static volatile Instrumentation instrumentation;

    private TestAgent() {}

    public static void premain(String arguments, Instrumentation given) {
        given.addTransformer(new Onlooker(), true);
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

    /** Looks at every class and changes none. */
    private static final class Onlooker implements ClassFileTransformer {

        @Override
        public byte[] transform(
                ClassLoader loader,
                String name,
                Class<?> redefined,
                ProtectionDomain domain,
                byte[] bytes) {
            return null;
        }
    }
}
