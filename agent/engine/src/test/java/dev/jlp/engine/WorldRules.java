package dev.jlp.engine;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What the engine decides, as the small world asks it. A seeded bug overrides one of these. */
class WorldRules {

    String owner(List<PatchEntry> inForce, MethodKey method) {
        return MethodStacks.owner(inForce, method).orElse("");
    }

    Set<MethodKey> affected(List<PatchEntry> before, List<PatchEntry> after) {
        return MethodStacks.affected(before, after);
    }

    /** Both kinds of walk: the thread's own, and a look from outside. */
    boolean maySwitch(StackCheck check, ModelThread thread) {
        return check.judge(null, thread.look()).kind() == Finding.Kind.CLEAR;
    }

    ModelThread turned(ModelThread thread) {
        return thread.turned();
    }

    PatchList settle(PatchList list, Transition ended) {
        return list.settle(ended);
    }

    List<Refusal> againstLoad(
            PatchList list, PatchEntry candidate, LoadOptions options, Optional<String> busy) {
        return list.againstLoad(candidate, options, busy);
    }
}
