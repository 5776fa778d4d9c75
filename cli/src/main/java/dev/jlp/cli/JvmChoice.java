package dev.jlp.cli;

import com.grack.nanojson.JsonArray;

import dev.jlp.control.ControlProblem;
import dev.jlp.control.ErrorCode;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Which JVM a word on the command line means. */
final class JvmChoice {

    private static final Pattern PID = Pattern.compile("[0-9]{1,18}");

    private final List<JvmProcess> running;

    JvmChoice(List<JvmProcess> running) {
        this.running = running;
    }

    static boolean isPid(String word) {
        return PID.matcher(word).matches();
    }

    /** The one JVM whose main class or jar name contains the word. */
    JvmProcess one(String word) throws ControlProblem {
        List<JvmProcess> matching = every(word);
        for (JvmProcess jvm : matching) {
            if (matching.size() == 1
                    || (jvm.line().main().equals(word) && unique(matching, word))) {
                return jvm;
            }
        }
        JsonArray candidates = new JsonArray();
        matching.forEach(jvm -> candidates.add(jvm.pid() + " " + jvm.line().main()));
        throw new ControlProblem(
                ErrorCode.ESRCH,
                "'" + word + "' means " + matching.size() + " JVMs; give a process id, or '--all "
                        + word + "'",
                Documents.of("candidates", candidates));
    }

    /** Every JVM whose main class or jar name contains the word; at least one. */
    List<JvmProcess> every(String word) throws ControlProblem {
        List<JvmProcess> matching = new ArrayList<>();
        for (JvmProcess jvm : running) {
            if (jvm.line().main().contains(word)) {
                matching.add(jvm);
            }
        }
        if (matching.isEmpty()) {
            throw new ControlProblem(
                    ErrorCode.ESRCH,
                    "no JVM of this user has '" + word
                            + "' in its main class or jar name; 'jlp ps' lists them");
        }
        return matching;
    }

    private static boolean unique(List<JvmProcess> matching, String main) {
        return matching.stream().filter(jvm -> jvm.line().main().equals(main)).count() == 1;
    }
}
