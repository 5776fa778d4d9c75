package dev.jlp.runtime;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * System properties and variables that are named like options of the agent and are none. They are said and not
 * refused: a JVM inherits them from people who meant another program.
 */
final class StrayOptions {

    /** Those with a further dot belong to the command, the tests and the like. */
    private static final Pattern PROPERTY = Pattern.compile("jlp\\.([^.]+)");

    private static final Pattern VARIABLE = Pattern.compile("JLP_(.+)");

    /** Where the agent leaves word. */
    private static final Set<String> OWN = Set.of("agent", "socket", "taint");

    /** Of the command's {@code --minimize}, and of the build; their children inherit them. */
    private static final Set<String> OF_OTHERS = Set.of("JLP_PATCH", "JLP_TEST_JDKS");

    private StrayOptions() {}

    /** One sentence that names them all; empty if there are none. */
    static Optional<String> sentence(Set<String> properties, Map<String, String> environment) {
        Set<String> strays = new TreeSet<>();
        for (String name : properties) {
            Matcher form = PROPERTY.matcher(name);
            if (form.matches() && !isKnown(form.group(1))) {
                strays.add("'" + name + "'");
            }
        }
        for (String name : environment.keySet()) {
            Matcher form = VARIABLE.matcher(name);
            if (form.matches() && !OF_OTHERS.contains(name) && !isKnown(asKey(form.group(1)))) {
                strays.add("'" + name + "'");
            }
        }
        return strays.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        "not known to the agent, so without effect: " + String.join(", ", strays));
    }

    private static boolean isKnown(String key) {
        return AgentOptions.isKey(key) || OWN.contains(key);
    }

    private static String asKey(String variable) {
        return variable.toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
