package dev.jlp.coverage.exercise;

import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What is called, and what of an object is looked at.
 *
 * @param calls in this order
 * @param views by the name of a class: methods without parameters that show its state
 */
public record Plan(List<Call> calls, Map<String, List<String>> views) implements Serializable {

    /** One call, with the number that its results carry. */
    public record Call(int number, Expression.Invocation invocation) implements Serializable {

        /** Whether there are objects of the library that can be made before. */
        public boolean hasObjects() {
            Expression receiver = invocation.receiver();
            return (receiver != null && isOfLibrary(receiver))
                    || invocation.arguments().stream().anyMatch(Call::isOfLibrary);
        }

        private static boolean isOfLibrary(Expression value) {
            return value instanceof Expression.Prepared
                    || (value instanceof Expression.Invocation made
                            && !made.owner().startsWith("java."));
        }
    }

    /** Writes it down for other JVMs. */
    public void write(Path file) throws IOException {
        try (ObjectOutputStream out = new ObjectOutputStream(Files.newOutputStream(file))) {
            out.writeObject(this);
        }
    }

    static Plan read(Path file) throws IOException, ClassNotFoundException {
        try (ObjectInputStream in = new ObjectInputStream(Files.newInputStream(file))) {
            return (Plan) in.readObject();
        }
    }
}
