package dev.jlp.coverage.generator;

import dev.jlp.coverage.exercise.Expression;
import dev.jlp.coverage.exercise.Expression.ArrayOf;
import dev.jlp.coverage.exercise.Expression.Constant;
import dev.jlp.coverage.exercise.Expression.Invocation;
import dev.jlp.coverage.exercise.Expression.Literal;
import dev.jlp.coverage.exercise.Expression.Prepared;

import org.jspecify.annotations.Nullable;

import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** Values of any type: the JDK's, or made by the library. */
final class Values {

    private static final int DEPTH_MAX = 4;
    private static final int TRIES = 4;
    private static final int NULL_ONE_IN = 25;

    private final Api api;
    private final JdkValues jdk;
    private final SplittableRandom random;
    private final Map<Class<?>, List<Member>> makers = new HashMap<>();

    Values(Api api, Texts texts, SplittableRandom random) {
        this.api = api;
        this.jdk = new JdkValues(texts);
        this.random = random;
    }

    /** A call of a member; nothing if there is no value for one of its parameters. */
    @Nullable
    Invocation call(Member member, int depth) {
        Expression receiver = null;
        if (member.needsReceiver()) {
            receiver = receiver(member.owner(), depth);
            if (receiver == null) {
                return null;
            }
        }
        List<Expression> arguments = arguments(member, depth);
        return arguments == null
                ? null
                : new Invocation(
                        member.owner().getName(),
                        member.name(),
                        member.parameterNames(),
                        receiver,
                        arguments);
    }

    private @Nullable List<Expression> arguments(Member member, int depth) {
        List<Expression> arguments = new ArrayList<>();
        for (Class<?> parameter : member.parameters()) {
            Expression argument = value(parameter, depth + 1);
            if (argument == null) {
                return null;
            }
            arguments.add(argument);
        }
        return List.copyOf(arguments);
    }

    /** An object, often after some calls that may have changed it. */
    private @Nullable Expression receiver(Class<?> type, int depth) {
        Expression made = made(type, depth);
        if (made == null || type.isEnum() || depth > 1) {
            return made;
        }
        List<Member> others = api.members().stream()
                .filter(member -> member.owner() == type && member.needsReceiver())
                .toList();
        List<Invocation> steps = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0 && !others.isEmpty(); i--) {
            Member step = others.get(random.nextInt(others.size()));
            List<Expression> arguments = arguments(step, DEPTH_MAX - 2);
            if (arguments != null) {
                steps.add(new Invocation(
                        type.getName(), step.name(), step.parameterNames(), null, arguments));
            }
        }
        return steps.isEmpty() ? made : new Prepared(made, List.copyOf(steps));
    }

    private @Nullable Expression value(Class<?> type, int depth) {
        if (!type.isPrimitive() && random.nextInt(NULL_ONE_IN) == 0) {
            return new Literal(null);
        }
        Expression value = jdk.of(type, random);
        if (value != null) {
            return value;
        }
        return type.isArray() ? array(type.getComponentType(), depth) : made(type, depth);
    }

    private @Nullable Expression array(Class<?> component, int depth) {
        if (component.isPrimitive()) {
            return null;
        }
        List<Expression> elements = new ArrayList<>();
        for (int i = random.nextInt(3); i > 0; i--) {
            Expression element = value(component, depth + 1);
            if (element == null) {
                return null;
            }
            elements.add(element);
        }
        return new ArrayOf(component.getName(), List.copyOf(elements));
    }

    private @Nullable Expression made(Class<?> type, int depth) {
        if (depth > DEPTH_MAX) {
            return null;
        }
        if (type.isEnum()) {
            return constant(type);
        }
        List<Member> ways = makers.computeIfAbsent(type, this::makers);
        for (int i = 0; i < TRIES && !ways.isEmpty(); i++) {
            Invocation call = call(ways.get(random.nextInt(ways.size())), depth + 1);
            if (call != null) {
                return call;
            }
        }
        return null;
    }

    private @Nullable Expression constant(Class<?> type) {
        List<String> names = Arrays.stream(type.getFields())
                .filter(Field::isEnumConstant)
                .map(Field::getName)
                .toList();
        return names.isEmpty() || !api.classes().contains(type)
                ? null
                : new Constant(type.getName(), names.get(random.nextInt(names.size())));
    }

    /** Constructors and static methods; methods of other objects only if there are none of those. */
    private List<Member> makers(Class<?> type) {
        List<Member> all = api.members().stream()
                .filter(member -> type.isAssignableFrom(member.result()))
                .filter(member -> member.owner() != type || !member.needsReceiver())
                .toList();
        List<Member> direct =
                all.stream().filter(member -> !member.needsReceiver()).toList();
        return direct.isEmpty() ? all : direct;
    }
}
