package dev.jlp.runtime;

import dev.jlp.control.ControlServer;
import dev.jlp.control.ControlThreads;
import dev.jlp.control.FailedStart;
import dev.jlp.control.Handler;
import dev.jlp.control.PatchFolder;
import dev.jlp.control.SocketPlace;

import java.io.IOException;
import java.lang.instrument.Instrumentation;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Puts the runtime together, in a JVM that stays as it is until a patch comes. */
final class Agent {

    private Agent() {}

    static void start(
            AgentOptions options,
            Instrumentation instrumentation,
            boolean attached,
            AgentThreads threads)
            throws Exception {
        ManagedPatches managed = new ManagedPatches();
        Worker worker = new Worker();
        EventLog events = new EventLog(options.events(), managed, worker::wake);
        Policy policy = options.policy();
        // What is wrong with an option is said before anything is touched.
        Optional<PatchFolder> patches = attached ? Optional.empty() : options.patches();
        Optional<Duration> confirm = options.confirm();
        CrashGuard guard = new CrashGuard(options.state(), options.crashGuard());
        CallbackTable callbacks = new CallbackTable(
                new CallbackCalls(events, policy.callbackNanosMax()), worker.serving());
        Livepatch livepatch = new Livepatch(
                events,
                new World(instrumentation, events, worker::later, policy, callbacks),
                new PlatformThreads(),
                VirtualThreads.find(),
                policy,
                callbacks);
        Installed installed = new Installed(livepatch, worker, events, guard);
        Confirmations confirmations = new Confirmations(livepatch, events);
        Attributes attributes = new Attributes(livepatch, managed);
        livepatch.world().grafts().start(livepatch, attached);
        worker.start(
                threads.worker(),
                livepatch,
                events,
                List.of(guard, confirmations),
                attributes::publish);
        patches.ifPresent(installed::load);
        Documents documents = new Documents(livepatch, installed, confirmations, attached);
        Handler commands = new ConfirmingCommands(
                new Commands(livepatch, worker, events, documents), worker, confirmations, confirm);
        System.setProperty("jlp.agent", attached ? "attach" : "premain");
        listen(options, commands, threads.control());
        StrayOptions.sentence(System.getProperties().stringPropertyNames(), System.getenv())
                .ifPresent(Contained::say);
        for (String fault = Contained.toPrint(); fault != null; fault = Contained.toPrint()) {
            System.err.println(fault); // nobody else would, before the first command
        }
    }

    /** Without a socket nobody can ask for anything, but the program goes on. */
    private static void listen(AgentOptions options, Handler commands, ControlThreads threads) {
        try {
            Optional<Path> chosen = options.control();
            Path folder = chosen.isPresent() ? chosen.get() : SocketPlace.folder();
            ControlServer server = ControlServer.start(folder, commands, threads);
            System.setProperty("jlp.socket", server.socket().toString());
            Runtime.getRuntime().addShutdownHook(new Thread(null, server::close, "jlp-close"));
        } catch (IOException | RuntimeException e) {
            Contained.report("no control socket, so no command can reach this agent", e);
            leaveWord("the agent runs, but no command can reach it: " + e.getMessage());
        }
    }

    /** For {@code jlp ps}. */
    private static void leaveWord(String sentence) {
        try {
            FailedStart.leave(sentence);
        } catch (IOException | RuntimeException e) {
            Contained.report("'jlp ps' can't show that", e);
        }
    }
}
