package dev.jlp.api;

import java.lang.invoke.CallSite;
import java.lang.invoke.ConstantCallSite;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;

/**
 * Members of a class that the JVM does not open to the code of a patch: private ones, and what a class inherits.
 * Code that {@code jlp build} makes links its call sites here, once each; once compiled they cost nothing. The
 * caller must be in the class's own package, or in a module that the package is open to.
 */
public final class Members {

    private Members() {}

    /**
     * A call site for a member.
     *
     * @param caller with all rights in its class
     * @param name of the member; any for a constructor
     * @param type what the call site takes and gives, the object first
     * @param in the class whose rights are used
     * @param owner the class that is named as having the member
     * @param kind 0 static, 1 virtual, 2 exactly this method, 3 constructor, 4 and 5 field read and written, 6
     *     and 7 static field read and written, 8 an object of the owner that only a constructor of {@code in},
     *     its superclass, has seen
     * @throws ReflectiveOperationException if it is not there
     */
    public static CallSite link(
            MethodHandles.Lookup caller,
            String name,
            MethodType type,
            Class<?> in,
            Class<?> owner,
            int kind)
            throws ReflectiveOperationException {
        MethodHandles.Lookup lookup = MethodHandles.privateLookupIn(in, caller);
        MethodHandle member = switch (kind) {
            case 0 -> lookup.findStatic(owner, name, type);
            case 1 -> lookup.findVirtual(owner, name, type.dropParameterTypes(0, 1));
            case 2 -> lookup.findSpecial(owner, name, type.dropParameterTypes(0, 1), in);
            case 3 -> lookup.findConstructor(owner, type.changeReturnType(void.class));
            case 4 -> lookup.findGetter(owner, name, type.returnType());
            case 5 -> lookup.findSetter(owner, name, type.parameterType(1));
            case 6 -> lookup.findStaticGetter(owner, name, type.returnType());
            case 7 -> lookup.findStaticSetter(owner, name, type.parameterType(0));
            case 8 -> allocation(in, owner, type);
            default -> throw new IllegalArgumentException("no kind of member: " + kind);
        };
        return new ConstantCallSite(member.asType(type));
    }

    private static MethodHandle allocation(Class<?> above, Class<?> owner, MethodType type)
            throws ReflectiveOperationException {
        Constructor<?> constructor = above.getDeclaredConstructor(type.parameterArray());
        Class<?> factories = Class.forName("jdk.internal.reflect.ReflectionFactory");
        Object factory = factories.getMethod("getReflectionFactory").invoke(null);
        Constructor<?> made = (Constructor<?>) factories
                .getMethod("newConstructorForSerialization", Class.class, Constructor.class)
                .invoke(factory, owner, constructor);
        made.setAccessible(true);
        MethodHandle make = MethodHandles.lookup()
                .findStatic(
                        Members.class,
                        "make",
                        MethodType.methodType(Object.class, Constructor.class, Object[].class));
        return MethodHandles.insertArguments(make, 0, made)
                .asCollector(Object[].class, type.parameterCount())
                .asType(type);
    }

    /** What the constructor throws comes out as it is. */
    @SuppressWarnings("UnusedMethod") // by a method handle
    private static Object make(Constructor<?> constructor, Object[] arguments) throws Throwable {
        try {
            return constructor.newInstance(arguments);
        } catch (InvocationTargetException thrown) {
            Throwable cause = thrown.getCause();
            throw cause == null ? thrown : cause;
        }
    }
}
