package dev.jlp.runtime;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** An active patch that has callbacks. Guarded by the {@link CallbackTable}. */
final class CalledPatch {

    final LoadedPatch patch;
    final List<CalledInstance> instances = new ArrayList<>();

    /** Versions by id of the states of the patches below; null while no transition of this one runs. */
    @Nullable
    Map<String, Integer> previous;

    CalledPatch(LoadedPatch patch, Map<String, Integer> previous) {
        this.patch = patch;
        this.previous = previous;
    }

    @Nullable
    CalledInstance find(Instance where) {
        for (CalledInstance each : instances) {
            if (each.where().equals(where)) {
                return each;
            }
        }
        return null;
    }

    boolean isInTransition() {
        return previous != null;
    }

    /** Instances at a stage, which they leave for another in the same moment. */
    List<CalledInstance> move(CalledInstance.Stage from, CalledInstance.Stage to) {
        List<CalledInstance> moved =
                instances.stream().filter(each -> each.stage == from).toList();
        moved.forEach(each -> each.stage = to);
        return moved;
    }
}
