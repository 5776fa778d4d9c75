package dev.jlp.coverage.exercise;

import dev.jlp.coverage.exercise.Expression.ArrayOf;
import dev.jlp.coverage.exercise.Expression.Constant;
import dev.jlp.coverage.exercise.Expression.Invocation;
import dev.jlp.coverage.exercise.Expression.Literal;
import dev.jlp.coverage.exercise.Expression.MapOf;
import dev.jlp.coverage.exercise.Expression.Prepared;

import org.jspecify.annotations.Nullable;

import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Evaluates expressions. What the library throws comes as the cause of InvocationTargetException. */
final class Interpreter {

    private static final Map<String, Class<?>> PRIMITIVES = Map.of(
            "boolean", boolean.class,
            "byte", byte.class,
            "char", char.class,
            "short", short.class,
            "int", int.class,
            "long", long.class,
            "float", float.class,
            "double", double.class);

    private final ClassLoader loader;

    Interpreter(ClassLoader loader) {
        this.loader = loader;
    }

    /** What a call works on, made and not yet used. */
    record Ready(Invocation call, @Nullable Object receiver, List<@Nullable Object> arguments) {}

    /** Makes the receiver and the arguments. */
    Ready ready(Invocation call) throws ReflectiveOperationException {
        Expression from = call.receiver();
        Object receiver = from == null ? null : value(from);
        return new Ready(call, receiver, values(call.arguments()));
    }

    /** Makes the call. */
    @Nullable
    Object call(Ready ready) throws ReflectiveOperationException {
        Invocation call = ready.call();
        return invoke(call, ready.receiver(), ready.arguments());
    }

    @Nullable
    Object value(Expression expression) throws ReflectiveOperationException {
        if (expression instanceof Literal literal) {
            return Copies.of(literal.value());
        } else if (expression instanceof Constant constant) {
            Field field = type(constant.owner()).getField(constant.name());
            return field.get(null);
        } else if (expression instanceof ArrayOf array) {
            return array(array);
        } else if (expression instanceof MapOf map) {
            return map(map);
        } else if (expression instanceof Invocation call) {
            return call(ready(call));
        }
        return prepared((Prepared) expression);
    }

    private Object array(ArrayOf from) throws ReflectiveOperationException {
        Object array = Array.newInstance(type(from.component()), from.elements().size());
        for (int i = 0; i < from.elements().size(); i++) {
            Array.set(array, i, value(from.elements().get(i)));
        }
        return array;
    }

    private Object map(MapOf from) throws ReflectiveOperationException {
        Map<@Nullable Object, @Nullable Object> map = new LinkedHashMap<>();
        for (int i = 0; i < from.keys().size(); i++) {
            map.put(value(from.keys().get(i)), value(from.values().get(i)));
        }
        return map;
    }

    private @Nullable Object prepared(Prepared from) throws ReflectiveOperationException {
        Object value = value(from.value());
        for (Invocation step : from.steps()) {
            attempt(step, value);
        }
        return value;
    }

    private void attempt(Invocation step, @Nullable Object value)
            throws ReflectiveOperationException {
        try {
            invoke(step, value, values(step.arguments()));
        } catch (InvocationTargetException thrown) {
            // A library that does not like its state says so in the call that counts.
        }
    }

    private List<@Nullable Object> values(List<Expression> from)
            throws ReflectiveOperationException {
        List<@Nullable Object> values = new ArrayList<>();
        for (Expression each : from) {
            values.add(value(each));
        }
        return values;
    }

    private @Nullable Object invoke(
            Invocation call, @Nullable Object receiver, List<@Nullable Object> arguments)
            throws ReflectiveOperationException {
        Class<?> owner = type(call.owner());
        Class<?>[] parameters = new Class<?>[call.parameters().size()];
        for (int i = 0; i < parameters.length; i++) {
            parameters[i] = type(call.parameters().get(i));
        }
        return call.name().equals(Invocation.CONSTRUCTOR)
                ? owner.getConstructor(parameters).newInstance(arguments.toArray())
                : owner.getMethod(call.name(), parameters).invoke(receiver, arguments.toArray());
    }

    private Class<?> type(String name) throws ClassNotFoundException {
        Class<?> primitive = PRIMITIVES.get(name);
        return primitive != null ? primitive : Class.forName(name, true, loader);
    }
}
