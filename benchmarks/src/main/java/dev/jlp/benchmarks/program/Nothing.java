package dev.jlp.benchmarks.program;

import java.lang.instrument.Instrumentation;

/** The shortest main, and the agent that does nothing. */
public final class Nothing {

    private Nothing() {}

    public static void main(String[] arguments) {}

    public static void premain(String options, Instrumentation given) {}
}
