package dev.jlp.demo;

import java.nio.file.Path;

/**
 * What the command line says.
 *
 * @param java home of the JDK that the shop runs on
 * @param attach (also if no property names an agent) whether the agent comes with the first command instead of with the JVM
 * @param connections how many customers
 */
record Options(Path java, boolean attach, int connections) {

    static final String USAGE = "usage: jlp demo [--attach] [--connections N] [--java HOME]";

    static final int CONNECTIONS_MIN = 50;

    /** @throws IllegalArgumentException if the line makes no sense */
    static Options of(String... arguments) {
        Path java = Path.of(System.getProperty("java.home"));
        boolean attach = System.getProperty("jlp.agent.jar", "").isEmpty();
        int connections = 64;
        for (int i = 0; i < arguments.length; i++) {
            switch (arguments[i]) {
                case "--attach" -> attach = true;
                case "--connections" -> connections = Integer.parseInt(value(arguments, ++i));
                case "--java" -> java = Path.of(value(arguments, ++i));
                default ->
                    throw new IllegalArgumentException("unknown option '" + arguments[i] + "'");
            }
        }
        if (connections < CONNECTIONS_MIN) {
            throw new IllegalArgumentException("at least " + CONNECTIONS_MIN + " connections");
        }
        return new Options(java, attach, connections);
    }

    private static String value(String[] arguments, int index) {
        if (index == arguments.length) {
            throw new IllegalArgumentException(
                    "the option '" + arguments[index - 1] + "' needs a value");
        }
        return arguments[index];
    }
}
