package dev.jlp.acceptance.programs;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** As many threads as processors that call one method without pause, and what each of them was answered. */
final class Hammer {

    private final List<Hand> hands = new ArrayList<>();

    Hammer(String name, Callable<String> call) throws TimeoutException {
        for (int i = 0; i < Runtime.getRuntime().availableProcessors(); i++) {
            Hand hand = new Hand(call);
            hands.add(hand);
            Threads.start(name + "-" + i, false, hand);
        }
        awaitCalls(1);
    }

    /** The different answers in their order, once for all hands that had the same ones. */
    String answers() throws TimeoutException {
        awaitCalls(2); // the first may have begun before the question
        Set<String> answers = new LinkedHashSet<>();
        hands.forEach(hand -> answers.add(hand.answers));
        return String.join(", or ", answers);
    }

    private void awaitCalls(int more) throws TimeoutException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        for (Hand hand : hands) {
            long enough = hand.calls.get() + more;
            while (hand.calls.get() < enough) {
                if (System.nanoTime() > end) {
                    throw new TimeoutException("a thread does not call any more");
                }
                LockSupport.parkNanos(1_000_000);
            }
        }
    }

    /** Written by its own thread only. */
    private static final class Hand implements Runnable {

        private final Callable<String> call;
        private final AtomicLong calls = new AtomicLong();
        private volatile String answers = "";

        Hand(Callable<String> call) {
            this.call = call;
        }

        @Override
        public void run() {
            String last = answer();
            StringBuilder all = new StringBuilder(last);
            answers = last;
            for (String answer = last; ; answer = answer()) {
                if (!answer.equals(last)) {
                    all.append(" then ").append(answer);
                    last = answer;
                    answers = all.toString();
                }
                calls.incrementAndGet();
            }
        }

        private String answer() {
            try {
                return call.call();
            } catch (Exception | LinkageError failed) {
                return failed.toString();
            }
        }
    }
}
