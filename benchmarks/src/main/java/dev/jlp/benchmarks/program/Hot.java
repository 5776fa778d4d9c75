package dev.jlp.benchmarks.program;

import java.lang.management.ManagementFactory;
import java.util.HashMap;
import java.util.Map;

/** A small program with something of everything: calls, objects, strings, a map. */
final class Hot {

    private Hot() {}

    /** Rounds in so many milliseconds of CPU time, since others may be busy too, after as many to warm up. */
    static long run(int millis) {
        rounds(millis);
        return rounds(millis);
    }

    private static long rounds(int millis) {
        long start = cpuNanos();
        long rounds = 0;
        while (cpuNanos() - start < millis * 1_000_000L) {
            Map<String, Integer> counts = new HashMap<>();
            for (int i = 0; i < 1_000; i++) {
                counts.merge("key" + i % 97, i, Integer::sum);
            }
            rounds += counts.size() == 97 ? 1 : 0;
        }
        return rounds;
    }

    private static long cpuNanos() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }
}
