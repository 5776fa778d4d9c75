package dev.jlp.runtime;

import dev.jlp.control.ControlProblem;
import dev.jlp.control.ErrorCode;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/**
 * The agent's own classes. All of them are there before the first patch changes anything: a JVM whose metaspace
 * ends in the middle of a transition would break a step for want of a class, or for good where an initialiser
 * fails. Used by the worker only.
 */
final class OwnClasses {

    /** Written when the agent's jar is built; absent where the classes lie unpacked. */
    private static final String INDEX = "/dev/jlp/classes";

    private boolean loaded;

    /** Refuses what was asked for if there is no room for them; once they are there, does nothing. */
    void load() throws ControlProblem {
        if (loaded) {
            return;
        }
        try (InputStream index = OwnClasses.class.getResourceAsStream(INDEX)) {
            if (index != null) {
                loadAll(index);
            }
            loaded = true;
        } catch (IOException | OutOfMemoryError broken) {
            throw new ControlProblem(
                    ErrorCode.EIO, "the agent's own classes can't be loaded: " + broken);
        }
    }

    private static void loadAll(InputStream index) throws IOException {
        BufferedReader names =
                new BufferedReader(new InputStreamReader(index, StandardCharsets.UTF_8));
        ClassLoader loader = OwnClasses.class.getClassLoader();
        for (String name = names.readLine(); name != null; name = names.readLine()) {
            try {
                Class.forName(name, true, loader);
            } catch (ClassNotFoundException | NoClassDefFoundError missing) {
                // A trimmed runtime lacks a module that one of them is for; its user says so.
            }
        }
    }
}
