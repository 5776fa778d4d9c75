package dev.jlp.acceptance.programs;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * Knows which bodies a nest of calls may have run, and says which nests ran others. A nest that began
 * under one answer and ended under another may have run by either.
 */
final class Judge {

    private static final int EXAMPLES_MAX = 5;

    private final LongAdder nests = new LongAdder();
    private final Map<String, LongAdder> kinds = new ConcurrentSkipListMap<>();
    private final LongAdder wrong = new LongAdder();
    private final List<String> examples = new ArrayList<>();
    private volatile Rule rule = new Rule(Set.of(0), 0, false);

    /**
     * What counts now.
     *
     * @param allowed the bodies of one nest, as {@link Tally#take} has them
     * @param forces how often force began or ended; a nest that it overlaps is not judged
     * @param tolerant force has begun and not ended
     */
    private record Rule(Set<Integer> allowed, int forces, boolean tolerant) {

        boolean judges(Rule later) {
            return forces == later.forces && !tolerant;
        }
    }

    String allow(Set<Integer> allowed) {
        rule = new Rule(allowed, rule.forces, rule.tolerant);
        return "allowed";
    }

    /** Force begins, or what it left on stacks has gone. */
    String tolerate(boolean force) {
        rule = new Rule(rule.allowed, rule.forces + 1, force);
        return "noted";
    }

    void judge(String kind, Runnable nest) {
        Rule before = rule;
        Tally.take();
        nest.run();
        int ran = Tally.take();
        Rule after = rule;
        nests.increment();
        kinds.computeIfAbsent(kind, unused -> new LongAdder()).increment();
        if (before.judges(after) && !before.allowed.contains(ran) && !after.allowed.contains(ran)) {
            wrong.increment();
            report(kind + " ran " + ran + ", allowed " + before.allowed + " then " + after.allowed);
        }
    }

    /** Anything else that went wrong in a thread of the program. */
    void failed(String kind, Throwable failure) {
        wrong.increment();
        report(kind + ": " + failure);
    }

    long nests() {
        return nests.sum();
    }

    private synchronized void report(String example) {
        if (examples.size() < EXAMPLES_MAX) {
            examples.add(example);
        }
    }

    /** How many nests each kind of thread has run. */
    Map<String, Long> kinds() {
        Map<String, Long> counts = new TreeMap<>();
        kinds.forEach((kind, count) -> counts.put(kind, count.sum()));
        return counts;
    }

    synchronized String stats() {
        return "nests=" + nests.sum() + " wrong=" + wrong.sum() + " examples=" + examples
                + " kinds=" + kinds;
    }
}
