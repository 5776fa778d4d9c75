package dev.jlp.runtime;

import dev.jlp.engine.Look;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/** {@link Looks} of a small world: it is loaded under that name. */
final class EntryLooks {

    EntryLooks() {}

    boolean areAlone() {
        return true;
    }

    int traceDepthMax() {
        return 1024;
    }

    List<@Nullable Look> at(List<Looks.Seen> batch) {
        List<@Nullable Look> looks = new ArrayList<>();
        for (Looks.Seen seen : batch) {
            Schedule.point("looks at " + seen.id());
            EntryJvm.Known person = EntryJvm.current.of(seen.thread());
            Thread.State state = person.waits() ? Thread.State.WAITING : Thread.State.RUNNABLE;
            Look look = new Look(person.trace(), state, -1, -1, false, false);
            Schedule.observed(look.hashCode());
            looks.add(person.isAlive() ? look : null);
        }
        return looks;
    }

    boolean wouldShowTheSame(Looks.Seen seen, Look earlier) {
        return false; // that only saves looks
    }
}
