package dev.jlp.runtime;

import dev.jlp.control.ControlProblem;
import dev.jlp.control.ErrorCode;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The agent's own classes. All of them are there before the first patch changes anything: a JVM whose metaspace
 * ends in the middle of a transition would break a step for want of a class, or for good where an initialiser
 * fails. Used by the worker only.
 */
final class OwnClasses {

    /** Written when the agent's jar is built; absent where the classes lie unpacked. */
    private static final String INDEX = "/dev/jlp/classes";

    private boolean ready;

    /** Refuses what was asked for if there is no room for them; once they are there, does nothing. */
    void prepare() throws ControlProblem {
        if (ready) {
            return;
        }
        try {
            // All are loaded first: an initialiser that finds no room for another class fails for
            // good.
            for (Class<?> type : load(names())) {
                initialise(type);
            }
            ready = true;
        } catch (IOException | OutOfMemoryError | ExceptionInInitializerError broken) {
            throw new ControlProblem(
                    ErrorCode.EIO, "the agent's own classes can't be prepared: " + broken);
        }
    }

    private static List<String> names() throws IOException {
        try (InputStream index = OwnClasses.class.getResourceAsStream(INDEX)) {
            return index == null
                    ? List.of()
                    : new BufferedReader(new InputStreamReader(index, StandardCharsets.UTF_8))
                            .lines()
                            .toList();
        }
    }

    private static List<Class<?>> load(List<String> names) {
        List<Class<?>> loaded = new ArrayList<>();
        for (String name : names) {
            try {
                loaded.add(Class.forName(name, false, OwnClasses.class.getClassLoader()));
            } catch (ClassNotFoundException | NoClassDefFoundError missing) {
                // A trimmed runtime lacks a module that one of them is for; its user says so.
            }
        }
        return loaded;
    }

    private static void initialise(Class<?> type) throws ControlProblem {
        try {
            Class.forName(type.getName(), true, type.getClassLoader());
        } catch (ClassNotFoundException impossible) {
            throw new IllegalStateException(impossible);
        } catch (NoClassDefFoundError missing) {
            // As above, if it is its verification that lacks a class.
            if (String.valueOf(missing.getMessage()).startsWith("Could not initialize")) {
                throw new ControlProblem(
                        ErrorCode.EIO,
                        "the agent's class '" + type.getName()
                                + "' could not be initialised in this JVM, where nothing can be patched any more");
            }
        }
    }
}
