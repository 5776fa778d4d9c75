package dev.jlp.runtime;

import com.sun.management.HotSpotDiagnosticMXBean;
import com.sun.management.VMOption;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;

/** Facts about the JVM we run in. */
final class Jvm {

    private static final int FEATURE_MIN = 17;

    /** Threads and their stacks; who is at the other end of the control socket. */
    private static final List<String> MODULES = List.of("jdk.management", "jdk.net");

    private Jvm() {}

    static int feature() {
        return Runtime.version().feature();
    }

    /** Refuses any JVM the promise was not tested on, by name, before anything is touched. */
    static void requireSupported() {
        String name = System.getProperty("java.vm.name", "?");
        boolean hotSpot = name.contains("HotSpot") || name.contains("OpenJDK");
        if (!hotSpot || feature() < FEATURE_MIN) {
            throw new IllegalStateException("'" + name + "' " + feature()
                    + " is not supported: HotSpot 17 or later is needed");
        }
        String os = System.getProperty("os.name", "?");
        if (!os.equals("Linux")) {
            throw new IllegalStateException("'" + os + "' is not supported: Linux is needed");
        }
        requireModules();
    }

    /** A trimmed runtime may lack them, and an application of modules does unless one of its own needs them. */
    private static void requireModules() {
        List<String> missing = new ArrayList<>(MODULES);
        missing.removeIf(name -> ModuleLayer.boot().findModule(name).isPresent());
        if (!missing.isEmpty()) {
            throw new IllegalStateException(
                    "modules that the agent needs are not there; start Java with '--add-modules "
                            + String.join(",", missing)
                            + "'");
        }
    }

    /** Whether a retransformation starts from redefined bytes (JDK-7124710, fixed in 20). */
    static boolean retransformsFromRedefinedBytes() {
        return feature() >= 20;
    }

    /** Length at which a trace may be cut off without saying so. */
    static int traceDepthMax() {
        VMOption depth = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
                .getVMOption("MaxJavaStackTraceDepth");
        int frames = Integer.parseInt(depth.getValue());
        return frames == 0 ? Integer.MAX_VALUE : frames;
    }

    /** Whether virtual threads that no executor owns can be enumerated. */
    static boolean tracksVirtualThreads() {
        String tracked = System.getProperty("jdk.trackAllThreads", "true");
        return feature() < 21 || tracked.isEmpty() || Boolean.parseBoolean(tracked);
    }
}
