package dev.jlp.runtime;

import org.jspecify.annotations.Nullable;

import java.lang.instrument.ClassDefinition;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.security.ProtectionDomain;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Reads and writes classes through {@code Instrumentation}: what the JVM holds, what other agents would
 * make of given bytes, and the redefinitions themselves. Used by the worker only.
 */
final class ClassBytes implements ClassFileTransformer {

    private final Instrumentation instrumentation;

    /** The thread inside one of the methods below; null when none is. Others' calls are not ours. */
    private volatile @Nullable Thread operating;

    private final Map<Class<?>, byte[]> captured = new HashMap<>();

    /** The JVM takes the classes of a batch one after the other: all before the poison passed. */
    private boolean poisonReached;

    ClassBytes(Instrumentation instrumentation) {
        this.instrumentation = instrumentation;
    }

    /** Whether the calling thread is inside an operation of this object. */
    boolean isOurs() {
        return operating == Thread.currentThread();
    }

    /**
     * What the JVM holds, as a retransformation would start from, after the agents before us; without what it
     * will not give: classes whose initialiser failed, and those that can't be linked. Changes nothing.
     */
    Map<Class<?>, byte[]> capture(List<Class<?>> classes) {
        try {
            return captureAll(classes);
        } catch (InternalError ofSome) {
            Map<Class<?>, byte[]> given = new HashMap<>();
            for (Class<?> type : classes) {
                if (refusal(type).isEmpty()) {
                    given.putAll(captureAll(List.of(type)));
                }
            }
            return given;
        }
    }

    /**
     * Whether the static initialiser of a class has failed: the JVM never redefines it any more. One that
     * can't be linked is no such class: what it lacks may come.
     */
    boolean hasFailed(Class<?> type) {
        return refusal(type).filter(why -> why.endsWith("invalid class")).isPresent()
                && isLinked(type);
    }

    /** Whether the JVM would not redefine it now, be it alone: its initialiser has failed, or it can't be linked. */
    boolean isRefused(Class<?> type) {
        return refusal(type).isPresent();
    }

    private Optional<String> refusal(Class<?> type) {
        try {
            captureAll(List.of(type));
            return Optional.empty();
        } catch (InternalError refused) {
            return Optional.of(String.valueOf(refused.getMessage()));
        }
    }

    /** The JVM links a class before it shows its methods. */
    private static boolean isLinked(Class<?> type) {
        try {
            Objects.requireNonNull(type.getDeclaredMethods());
            return true;
        } catch (LinkageError lacking) {
            return false;
        }
    }

    private Map<Class<?>, byte[]> captureAll(List<Class<?>> classes) {
        List<Class<?>> modifiable = new ArrayList<>(classes);
        modifiable.removeIf(type -> !instrumentation.isModifiableClass(type));
        modifiable.add(Poison.class);
        Class<?>[] batch = modifiable.toArray(Class<?>[]::new);
        return operate(() -> {
            try {
                instrumentation.retransformClasses(batch);
                throw new IllegalStateException("a batch with a poisoned class was accepted");
            } catch (ClassFormatError | UnmodifiableClassException expected) {
                return new HashMap<>(captured);
            }
        });
    }

    /** The classes that a loader has under their names, loaded already; those of the JDK's boot loader aside. */
    Map<String, Class<?>> loadedBy(@Nullable ClassLoader loader) {
        Map<String, Class<?>> loaded = new HashMap<>();
        for (Class<?> type : instrumentation.getInitiatedClasses(loader)) {
            if (type.getClassLoader() != null) {
                loaded.put(type.getName().replace('.', '/'), type);
            }
        }
        return loaded;
    }

    /**
     * What the class would be if it were redefined with these bytes now, other agents' work included.
     * Parses, compares and verifies in the class's own loader. Changes nothing.
     */
    DryRun dryRun(Class<?> type, byte[] bytes) {
        return operate(() -> {
            String problem = "";
            try {
                instrumentation.redefineClasses(
                        new ClassDefinition(type, bytes),
                        new ClassDefinition(Poison.class, Poison.BYTES));
                throw new IllegalStateException("a batch with a poisoned class was accepted");
            } catch (LinkageError
                    | UnsupportedOperationException
                    | UnmodifiableClassException
                    | InternalError refused) {
                problem = poisonReached ? "" : refused.toString();
            } catch (ClassNotFoundException e) {
                problem = e.toString();
            }
            return new DryRun(captured.get(type), problem);
        });
    }

    /**
     * Redefines all of them in one operation of the JVM, or none.
     *
     * @return what the JVM holds now, as far as it came by us
     */
    Map<Class<?>, byte[]> redefine(List<ClassDefinition> definitions) throws RedefinitionProblem {
        return operate(() -> {
            try {
                instrumentation.redefineClasses(definitions.toArray(ClassDefinition[]::new));
                return new HashMap<>(captured);
            } catch (LinkageError
                    | UnsupportedOperationException
                    | UnmodifiableClassException
                    | ClassNotFoundException
                    | InternalError
                    | OutOfMemoryError refused) {
                throw new RedefinitionProblem(refused);
            }
        });
    }

    private <T, E extends Exception> T operate(Step<T, E> step) throws E {
        captured.clear();
        poisonReached = false;
        operating = Thread.currentThread();
        try {
            return step.run();
        } finally {
            operating = null;
            captured.clear(); // its keys are classes, which keep their loaders
        }
    }

    /** Sees our own batches, last of all agents that were there before us. */
    @Override
    public byte @Nullable [] transform(
            @Nullable ClassLoader loader,
            String name,
            @Nullable Class<?> redefined,
            @Nullable ProtectionDomain domain,
            byte[] bytes) {
        if (redefined == null || !isOurs()) {
            return null; // another agent's batch, of all classes perhaps, is not to be poisoned
        }
        if (redefined == Poison.class) {
            poisonReached = true;
            return Poison.BYTES;
        }
        captured.put(redefined, bytes);
        return null;
    }

    private interface Step<T, E extends Exception> {
        T run() throws E;
    }

    /**
     * What a dry run found.
     *
     * @param result the class after all agents; null if it did not come that far
     * @param problem why the JVM would refuse it; empty if it would not
     */
    @SuppressWarnings("ArrayRecordComponent") // a class file; compared by nobody
    record DryRun(byte @Nullable [] result, String problem) {}

    /** The JVM refused a redefinition; nothing was changed. */
    static final class RedefinitionProblem extends Exception {

        private static final long serialVersionUID = 1L;

        RedefinitionProblem(Throwable cause) {
            this(cause.toString(), cause);
        }

        private RedefinitionProblem(String message, Throwable cause) {
            super(message, cause);
        }

        /** The same, with the classes that the JVM does not redefine, if it is known which. */
        RedefinitionProblem because(List<String> refusing) {
            return refusing.isEmpty()
                    ? this
                    : new RedefinitionProblem(
                            "the JVM does not redefine the " + String.join(", ", refusing)
                                    + "; so it is as long as a class lacks what its linking needs",
                            this);
        }
    }
}
