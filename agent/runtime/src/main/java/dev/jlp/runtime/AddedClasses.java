package dev.jlp.runtime;

import dev.jlp.patch.AddedClass;

import org.jspecify.annotations.Nullable;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.security.ProtectionDomain;

/** Defines the classes that only the fixed release has, in the loader of their target, once. */
final class AddedClasses {

    private static final MethodHandle FIND_LOADED;
    private static final MethodHandle DEFINE;

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

    /** Defines it unless the loader has it already. */
    static void define(
            AddedClass added, @Nullable ClassLoader loader, @Nullable ProtectionDomain domain) {
        if (loader == null) {
            throw new IllegalStateException(
                    "classes can't be added to the boot loader: " + added.name());
        }
        String name = added.name().replace('/', '.');
        try {
            if (FIND_LOADED.invoke(loader, name) == null) {
                DEFINE.invoke(loader, name, added.bytes(), 0, added.bytes().length, domain);
            }
        } catch (RuntimeException | VirtualMachineError e) {
            throw e;
        } catch (Throwable e) {
            // A LinkageError, too: whoever composes undoes its steps at an exception.
            throw new IllegalStateException("'" + name + "' can't be defined: " + e, e);
        }
    }
}
