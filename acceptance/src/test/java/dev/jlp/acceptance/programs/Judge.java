package dev.jlp.acceptance.programs;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.IntSupplier;

/**
 * Knows which bodies a nest of calls may have run, and says which nests ran others. A nest that began
 * under one answer and ended under another may have run by either.
 */
final class Judge {

    private static final int EXAMPLES_MAX = 5;

    private final LongAdder nests = new LongAdder();
    private final Map<String, LongAdder> kinds = new ConcurrentSkipListMap<>();
    private final Map<String, LongAdder> wrongKinds = new ConcurrentSkipListMap<>();
    private final LongAdder wrong = new LongAdder();
    private final LongAdder exempt = new LongAdder();
    private final LongAdder exemptMixed = new LongAdder();
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

    /** A nest that is on its way between the beginning and the end of force is not judged. */
    String tolerate(boolean force) {
        rule = new Rule(rule.allowed, rule.forces + 1, force);
        return "noted";
    }

    void judge(String kind, Runnable nest) {
        judgeAnswer(kind, () -> {
            Tally.take();
            nest.run();
            return Tally.take();
        });
    }

    /** The same for a thread that has nobody above it who would note a failure. */
    void guard(String kind, Runnable nest) {
        try {
            judge(kind, nest);
        } catch (RuntimeException | Error failed) {
            failed(kind, failed);
        }
    }

    /** Of a nest that runs elsewhere and answers which bodies it ran. */
    void judgeAnswer(String kind, IntSupplier nest) {
        Rule before = rule;
        int ran = nest.getAsInt();
        Rule after = rule;
        nests.increment();
        count(kinds, kind);
        boolean allowed = before.allowed.contains(ran) || after.allowed.contains(ran);
        if (!before.judges(after)) {
            exempt.increment();
            exemptMixed.add(allowed ? 0 : 1);
        } else if (!allowed) {
            wrong(kind, " ran " + ran + ", allowed " + before.allowed + " then " + after.allowed);
        }
    }

    /** Anything else that went wrong in a thread of the program. */
    void failed(String kind, Throwable failure) {
        wrong(kind, ": " + failure);
    }

    private void wrong(String kind, String example) {
        wrong.increment();
        count(wrongKinds, kind);
        report(kind + example);
    }

    private static void count(Map<String, LongAdder> kinds, String kind) {
        kinds.computeIfAbsent(kind, unused -> new LongAdder()).increment();
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

    /** The kinds of threads of which one has run a wrong nest. */
    Set<String> wrongKinds() {
        return wrongKinds.keySet();
    }

    /** As numbers alone, those of each kind too. */
    String counts() {
        StringBuilder all = new StringBuilder(sums());
        kinds.forEach((kind, count) -> all.append(' ').append(kind).append('=').append(count));
        return all.toString();
    }

    private String sums() {
        return "nests=" + nests.sum() + " wrong=" + wrong.sum() + " exempt=" + exempt.sum()
                + " exempt-mixed=" + exemptMixed.sum();
    }

    synchronized String stats() {
        return sums() + " examples=" + examples + " kinds=" + kinds;
    }
}
