package dev.jlp.runtime;

import dev.jlp.patch.AddedClass;
import dev.jlp.patch.PatchFile;
import dev.jlp.patch.Target;
import dev.jlp.weaver.ClassView;
import dev.jlp.weaver.WeavingProblem;

import org.jspecify.annotations.Nullable;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.security.ProtectionDomain;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

/**
 * Defines the classes that only the fixed release has, in the loader of their target, once. A loader never
 * gets another class of the same name, so a patch that brings one is refused there.
 */
final class AddedClasses {

    private static final MethodHandle FIND_LOADED;
    private static final MethodHandle DEFINE;

    /**
     * Digests of the bytes that classes were defined with; empty for those that no patch brought. Static
     * because a class is defined once, whichever patch brings it. No lock: arriving classes ask, too.
     */
    private static final ClassValue<AtomicReference<String>> DEFINED = new ClassValue<>() {
        @Override
        protected AtomicReference<String> computeValue(Class<?> type) {
            return new AtomicReference<>("");
        }
    };

    static {
        try {
            MethodHandles.Lookup inside =
                    MethodHandles.privateLookupIn(ClassLoader.class, MethodHandles.lookup());
            FIND_LOADED = inside.findVirtual(
                    ClassLoader.class,
                    "findLoadedClass",
                    MethodType.methodType(Class.class, String.class));
            DEFINE = inside.findVirtual(
                    ClassLoader.class,
                    "defineClass",
                    MethodType.methodType(
                            Class.class,
                            String.class,
                            byte[].class,
                            int.class,
                            int.class,
                            ProtectionDomain.class));
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private AddedClasses() {}

    /**
     * Defines it unless the loader has it already.
     *
     * @param bodies the class file as the patches in force have it; the JVM asks no transformer below another
     */
    static void define(
            AddedClass added,
            @Nullable ClassLoader loader,
            @Nullable ProtectionDomain domain,
            Function<AddedClass, byte[]> bodies) {
        if (loader == null) {
            throw new IllegalStateException(
                    "classes can't be added to the boot loader: " + added.name());
        }
        String name = added.name().replace('/', '.');
        try {
            if (FIND_LOADED.invoke(loader, name) == null) {
                byte[] bytes = bodies.apply(added);
                Class<?> type =
                        (Class<?>) DEFINE.invoke(loader, name, bytes, 0, bytes.length, domain);
                DEFINED.get(type).set(PatchFile.digest(added.bytes()));
            }
        } catch (RuntimeException | VirtualMachineError e) {
            throw e;
        } catch (Throwable e) {
            // A LinkageError, too: whoever composes undoes its steps at an exception.
            throw new IllegalStateException("'" + name + "' can't be defined: " + e, e);
        }
    }

    /**
     * Why a loader can't get the classes of a target; empty if it can. Loads nothing.
     *
     * @param held the bytes of a class that no patch has defined; null if they can't be had here
     */
    static String conflict(
            Target target,
            @Nullable ClassLoader loader,
            Function<Class<?>, byte @Nullable []> held) {
        if (loader == null) {
            return "";
        }
        for (AddedClass added : target.added()) {
            Class<?> there = loaded(loader, added.name().replace('/', '.'));
            if (there != null && !isSame(there, added, held)) {
                return "another class '" + there.getName()
                        + "' is there already, as an earlier patch or the application brought it,"
                        + " and a loader defines a name once; 'jlp build --cumulative' makes a patch that"
                        + " takes the place of an earlier one";
            }
        }
        return "";
    }

    /** Whether a loader has the class, internal name. Loads nothing. */
    static boolean isLoaded(ClassLoader loader, String name) {
        return loaded(loader, name.replace('/', '.')) != null;
    }

    private static @Nullable Class<?> loaded(ClassLoader loader, String name) {
        try {
            return (Class<?>) FIND_LOADED.invoke(loader, name);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static boolean isSame(
            Class<?> there, AddedClass added, Function<Class<?>, byte @Nullable []> held) {
        @Nullable String defined = DEFINED.get(there).get();
        if (defined != null && !defined.isEmpty()) {
            return defined.equals(PatchFile.digest(added.bytes()));
        }
        byte[] bytes = held.apply(there);
        try {
            return bytes == null || ClassView.of(bytes).isSame(ClassView.of(added.bytes()));
        } catch (WeavingProblem unreadable) {
            return false;
        }
    }
}
