package dev.jlp.coverage.generator;

import dev.jlp.coverage.exercise.Expression.Invocation;

import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;

/**
 * A public method or constructor that both releases have.
 *
 * @param result what it gives; the class itself for a constructor
 */
record Member(
        Class<?> owner, String name, List<Class<?>> parameters, Class<?> result, boolean isStatic) {

    static Member of(Executable from) {
        boolean method = from instanceof Method;
        return new Member(
                from.getDeclaringClass(),
                method ? from.getName() : Invocation.CONSTRUCTOR,
                List.of(from.getParameterTypes()),
                from instanceof Method declared
                        ? declared.getReturnType()
                        : from.getDeclaringClass(),
                method && Modifier.isStatic(from.getModifiers()));
    }

    boolean isConstructor() {
        return name.equals(Invocation.CONSTRUCTOR);
    }

    boolean needsReceiver() {
        return !isStatic && !isConstructor();
    }

    /** Whether another release's class has it, too. */
    boolean isIn(Class<?> other) {
        return isConstructor()
                ? Arrays.stream(other.getDeclaredConstructors()).anyMatch(this::isSame)
                : Arrays.stream(other.getDeclaredMethods()).anyMatch(this::isSame);
    }

    private boolean isSame(Constructor<?> constructor) {
        return Modifier.isPublic(constructor.getModifiers()) && sameParameters(constructor);
    }

    private boolean isSame(Method method) {
        return Modifier.isPublic(method.getModifiers())
                && method.getName().equals(name)
                && Modifier.isStatic(method.getModifiers()) == isStatic
                && method.getReturnType().getName().equals(result.getName())
                && sameParameters(method);
    }

    private boolean sameParameters(Executable other) {
        return Arrays.stream(other.getParameterTypes())
                .map(Class::getName)
                .toList()
                .equals(parameterNames());
    }

    List<String> parameterNames() {
        return parameters.stream().map(Class::getName).toList();
    }

    /** One name for one member, in every run. */
    String key() {
        return owner.getName() + "." + name + parameterNames();
    }
}
