package dev.jlp.acceptance;

import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The library of most tests, compiled and made into a patch once per JDK. */
record Shop(Jdk jdk, Change change, Path patch) {

    static final String PATCH = "shop-fix";

    private static final Map<Jdk, Shop> SHOPS = new ConcurrentHashMap<>();

    static Shop on(Jdk jdk) {
        return SHOPS.computeIfAbsent(jdk, Shop::make);
    }

    /** The program with the agent and the unfixed library, of which one class is loaded. */
    TargetJvm start() {
        TargetJvm jvm = startCold();
        jvm.ask("call lib.Greeter greet");
        return jvm;
    }

    /** The same before any class of the library is loaded. */
    TargetJvm startCold() {
        return startable().agent().run();
    }

    /** The same without the agent. */
    TargetJvm.Start startable() {
        return TargetJvm.on(jdk).with(change.before());
    }

    private static Shop make(Jdk jdk) {
        Change change = Change.ofVersions(jdk, "shop", Sources.ofCorpus("shop"));
        return new Shop(jdk, change, change.patch(PATCH));
    }
}
