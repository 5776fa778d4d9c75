package dev.jlp.acceptance.programs;

import java.io.IOException;
import java.lang.instrument.ClassDefinition;
import java.lang.instrument.Instrumentation;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.jar.JarFile;

/**
 * Starts the agent under test with an {@code Instrumentation} of its own. Redefinitions end in an error as often
 * as the property {@code fault.redefinitions} still says; batches that are meant to fail are let through. Before
 * the question for all classes whose number is in {@code fault.question}, what waits at the gate {@code slow}
 * goes on until it is at the gate {@code inside}. Behind the next redefinition, if {@code fault.behind} says so,
 * the agent waits at the gate {@code behind}.
 */
final class Faults {

    private static final String REDEFINITIONS = "fault.redefinitions";
    private static final String QUESTION = "fault.question";
    private static final String BEHIND = "fault.behind";

    private Faults() {}

    /** {@code jar} or {@code jar=options}. */
    static void startAgent(String agent, Instrumentation real)
            throws IOException, ReflectiveOperationException {
        String[] parts = agent.split("=", 2);
        real.appendToSystemClassLoaderSearch(new JarFile(parts[0]));
        Object faulty = Proxy.newProxyInstance(
                Faults.class.getClassLoader(),
                new Class<?>[] {Instrumentation.class},
                (proxy, method, arguments) -> call(real, method, arguments));
        Class.forName("dev.jlp.agent.LivepatchAgent")
                .getMethod("premain", String.class, Instrumentation.class)
                .invoke(null, parts.length == 1 ? null : parts[1], faulty);
    }

    private static Object call(Instrumentation real, Method method, Object[] arguments)
            throws Throwable {
        String name = method.getName();
        if (name.equals("redefineClasses") && isMeant(arguments) && countDown(REDEFINITIONS) > 0) {
            throw new StackOverflowError("as told");
        }
        if (name.equals("getAllLoadedClasses") && countDown(QUESTION) == 1) {
            Gate.open("slow");
            Gate.awaitArrival("inside", 1);
        }
        boolean waits =
                name.equals("redefineClasses") && isMeant(arguments) && countDown(BEHIND) > 0;
        try {
            Object answer = method.invoke(real, arguments);
            if (waits) {
                Gate.pass("behind");
            }
            return answer;
        } catch (InvocationTargetException thrown) {
            throw thrown.getCause();
        }
    }

    /** What it was before. */
    private static int countDown(String property) {
        int left = Integer.getInteger(property, 0);
        System.setProperty(property, String.valueOf(Math.max(left - 1, 0)));
        return left;
    }

    private static boolean isMeant(Object[] arguments) {
        return Arrays.stream((ClassDefinition[]) arguments[0])
                .noneMatch(each -> each.getDefinitionClass().getSimpleName().equals("Poison"));
    }
}
