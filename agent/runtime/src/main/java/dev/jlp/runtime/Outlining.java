package dev.jlp.runtime;

import dev.jlp.bridge.JlpOutlined;
import dev.jlp.weaver.Outlined;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Field;
import java.util.List;

/**
 * Defines outlined bodies as hidden nest mates of their classes, and hands them to the bridge. Used by
 * the worker only: a definition may load classes of the application.
 */
final class Outlining {

    private Outlining() {}

    /** Defines the bodies and drops them: verified and linked as they will be, seen by nobody. */
    static void tryOut(Class<?> type, List<Outlined> bodies) throws OutliningProblem {
        for (Outlined body : bodies) {
            define(type, body);
        }
    }

    /** Puts the bodies where the armed methods of the class will look for them. */
    static void putInPlace(Class<?> type, List<Outlined> bodies) throws OutliningProblem {
        for (Outlined body : bodies) {
            if (JlpOutlined.of(type, body.key()) == null) {
                JlpOutlined.put(type, body.key(), define(type, body));
            }
        }
    }

    /** Whether armed methods of the class would find all of them. */
    static boolean areInPlace(Class<?> type, List<Outlined> bodies) {
        return bodies.stream().noneMatch(body -> JlpOutlined.of(type, body.key()) == null);
    }

    private static MethodHandle define(Class<?> type, Outlined body) throws OutliningProblem {
        try {
            MethodHandles.Lookup hidden = inside(type)
                    .defineHiddenClass(
                            body.classFile(), false, MethodHandles.Lookup.ClassOption.NESTMATE);
            return hidden.unreflect(hidden.lookupClass().getDeclaredMethods()[0]);
        } catch (ReflectiveOperationException | LinkageError | RuntimeException refused) {
            throw new OutliningProblem(body, refused);
        }
    }

    /** What the class itself could do. A private lookup from our module may not define nest mates. */
    private static MethodHandles.Lookup inside(Class<?> type) throws ReflectiveOperationException {
        Field trusted = MethodHandles.Lookup.class.getDeclaredField("IMPL_LOOKUP");
        trusted.setAccessible(true);
        return ((MethodHandles.Lookup) trusted.get(null)).in(type);
    }

    /** The JVM refused an outlined body; no method looks for it yet. */
    static final class OutliningProblem extends Exception {

        private static final long serialVersionUID = 1L;

        OutliningProblem(Outlined body, Throwable cause) {
            super("the outlined body of '" + body.method() + "': " + cause, cause);
        }
    }
}
