package dev.jlp.runtime;

import java.lang.instrument.Instrumentation;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The runtime's entry, called by the launcher by name: opens the JDK to this loader, and goes. */
public final class AgentStart {

    /** For the bridge, for outlined bodies and callbacks' rights, and for the list of virtual threads. */
    private static final List<String> OPENED =
            List.of("java.lang", "java.lang.invoke", "jdk.internal.vm");

    private AgentStart() {}

    /**
     * Starts the agent.
     *
     * @param options text behind the agent's jar on the command line
     * @param instrumentation of this agent
     * @param attached whether it came into a running JVM
     */
    public static void start(String options, Instrumentation instrumentation, boolean attached)
            throws Exception {
        AgentOptions agentOptions = AgentOptions.parse(options);
        Jvm.requireSupported();
        AgentThreads threads = threads();
        try {
            openJavaBase(instrumentation);
            BridgeDefinition.define();
            Agent.start(agentOptions, instrumentation, attached, threads);
        } finally {
            threads.dismiss();
        }
    }

    /** Nothing has been touched yet: without them, the next attach may try again. */
    private static AgentThreads threads() {
        try {
            return AgentThreads.start();
        } catch (OutOfMemoryError none) {
            System.clearProperty("jlp.agent");
            throw none;
        }
    }

    /** To the isolated loader's module alone: the application's modules see no change. */
    private static void openJavaBase(Instrumentation instrumentation) {
        Set<Module> us = Set.of(AgentStart.class.getModule());
        Module base = Object.class.getModule();
        Map<String, Set<Module>> opens = new HashMap<>();
        for (String name : OPENED) {
            if (base.getPackages().contains(name)) {
                opens.put(name, us);
            }
        }
        instrumentation.redefineModule(base, Set.of(), Map.of(), opens, Set.of(), Map.of());
    }
}
