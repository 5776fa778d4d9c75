package dev.jlp.engine;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * All that the threads of the small world share.
 *
 * @param list the engine's own
 * @param course the running transition, if one runs
 * @param forces how often the operator forced so far
 */
record Moment(PatchList list, @Nullable Course course, int forces) {

    /**
     * A transition with what it chooses between.
     *
     * @param affected its methods
     */
    record Course(
            Transition transition,
            List<PatchEntry> before,
            List<PatchEntry> after,
            Set<MethodKey> affected) {

        List<PatchEntry> inForce(boolean fresh) {
            return fresh ? after : before;
        }

        /** Which universe it goes towards: new, unless it was turned round. */
        boolean goal() {
            return !transition.isReversed();
        }

        StackCheck check() {
            Map<String, Map<String, Set<String>>> names = MethodStacks.byName(affected);
            return new StackCheck(
                    frame -> names.getOrDefault(frame.getClassName(), Map.of())
                            .containsKey(frame.getMethodName()),
                    1024);
        }

        Course with(Transition next) {
            return new Course(next, before, after, affected);
        }
    }

    static final Moment UNPATCHED = new Moment(PatchList.EMPTY, null, 0);

    Moment with(PatchList next, @Nullable Course running) {
        return new Moment(next, running, forces);
    }
}
