package dev.jlp.coverage.exercise;

import org.jspecify.annotations.Nullable;

import java.io.Serializable;
import java.util.List;
import java.util.stream.Collectors;

/** How a value is made; the same in every JVM. Types are named as {@code Class.getName} does. */
public sealed interface Expression extends Serializable {

    /** As a person would write it, roughly. */
    String text();

    /** A string, a boxed primitive, an array of primitives or strings, or nothing. */
    record Literal(@Nullable Serializable value) implements Expression {
        @Override
        public String text() {
            return Rendered.simple(value);
        }
    }

    /** A constant of an enum, or another static field. */
    record Constant(String owner, String name) implements Expression {
        @Override
        public String text() {
            return Rendered.simpleName(owner) + "." + name;
        }
    }

    /** A new array of objects. */
    record ArrayOf(String component, List<Expression> elements) implements Expression {
        @Override
        public String text() {
            return "{" + texts(elements) + "}";
        }
    }

    /** A new map that keeps this order. */
    record MapOf(List<Expression> keys, List<Expression> values) implements Expression {
        @Override
        public String text() {
            return "map({" + texts(keys) + "}, {" + texts(values) + "})";
        }
    }

    /**
     * A call.
     *
     * @param name {@code <init>} for a constructor
     * @param receiver nothing for a constructor or a static method
     */
    record Invocation(
            String owner,
            String name,
            List<String> parameters,
            @Nullable Expression receiver,
            List<Expression> arguments)
            implements Expression {

        /** The name of all constructors. */
        public static final String CONSTRUCTOR = "<init>";

        @Override
        public String text() {
            String before = receiver == null ? Rendered.simpleName(owner) : receiver.text();
            return (name.equals(CONSTRUCTOR)
                            ? "new " + Rendered.simpleName(owner)
                            : before + "." + name)
                    + "(" + texts(arguments) + ")";
        }
    }

    /**
     * A value after some calls on it, whatever they answered or threw. Their own receivers are not
     * evaluated.
     */
    record Prepared(Expression value, List<Invocation> steps) implements Expression {
        @Override
        public String text() {
            return "("
                    + value.text()
                    + steps.stream()
                            .map(step ->
                                    " with " + step.name() + "(" + texts(step.arguments()) + ")")
                            .collect(Collectors.joining())
                    + ")";
        }
    }

    private static String texts(List<Expression> all) {
        return all.stream().map(Expression::text).collect(Collectors.joining(", "));
    }
}
