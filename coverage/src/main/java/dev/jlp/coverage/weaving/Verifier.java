package dev.jlp.coverage.weaving;

import dev.jlp.weaver.Outlined;

import java.io.IOException;
import java.lang.instrument.ClassDefinition;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Field;

/** Asks the JVM what it thinks of class files, by redefinitions that it gives up at the last moment. */
final class Verifier {

    private final Instrumentation jvm;
    private final byte[] poison = Poison.classFile();

    Verifier(Instrumentation jvm) throws IOException {
        this.jvm = jvm;
    }

    /** Why a class can't become this; empty if it can. */
    String objection(Class<?> type, byte[] classFile) {
        try {
            jvm.redefineClasses(
                    new ClassDefinition(type, classFile),
                    new ClassDefinition(Poison.class, poison));
            return "the JVM took what no JVM takes";
        } catch (UnsupportedClassVersionError reached) {
            return "";
        } catch (ClassNotFoundException
                | UnmodifiableClassException
                | LinkageError
                | InternalError
                | UnsupportedOperationException refused) {
            return refused.toString();
        }
    }

    /**
     * Why an outlined body can't be defined beside its class; empty if it can. Needs java.lang.invoke to be
     * open.
     */
    String objection(Class<?> type, Outlined body) {
        try {
            Field trusted = MethodHandles.Lookup.class.getDeclaredField("IMPL_LOOKUP");
            trusted.setAccessible(true);
            Class<?> hidden = ((MethodHandles.Lookup) trusted.get(null))
                    .in(type)
                    .defineHiddenClass(
                            body.classFile(), false, MethodHandles.Lookup.ClassOption.NESTMATE)
                    .lookupClass();
            // The JVM links, so verifies, what is asked for its methods.
            return hidden.getDeclaredMethods().length == 1 ? "" : "not one method";
        } catch (ReflectiveOperationException | LinkageError refused) {
            return refused.toString();
        }
    }
}
