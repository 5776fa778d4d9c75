package dev.jlp.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What would happen if patches were loaded one after the other into a JVM that was never patched, each
 * when the one before has come to its end. By the rules of a load; what a JVM would say about its
 * classes is not known here.
 *
 * @param steps one for each patch
 */
public record Plan(List<Step> steps) {

    public Plan {
        steps = List.copyOf(steps);
    }

    /**
     * One load.
     *
     * @param patch what is loaded
     * @param refusals every reason against it, the answer first; empty if it would be done
     * @param replaced the active patches that it takes the place of, or would
     * @param dropped what they have and it has not
     * @param conflicts what it has in common with active patches that stay
     * @param affected the methods of the transition
     * @param after the list when it is over
     */
    public record Step(
            PatchEntry patch,
            List<Refusal> refusals,
            List<String> replaced,
            List<Owned> dropped,
            List<Owned> conflicts,
            Set<MethodKey> affected,
            PatchList after) {

        /** Whether it would be done. */
        public boolean loads() {
            return refusals.isEmpty();
        }

        /** Whose bodies a method has, the one in force first, for every method that a patch changes. */
        public Map<MethodKey, List<String>> stacks() {
            return MethodStacks.all(after.active());
        }
    }

    /** The plan for these patches, in this order. One that is refused changes nothing for the next. */
    public static Plan of(List<PatchEntry> patches, LoadOptions options) {
        List<Step> steps = new ArrayList<>();
        PatchList list = PatchList.EMPTY;
        for (PatchEntry patch : patches) {
            Step step = step(list, patch, options);
            steps.add(step);
            list = step.after();
        }
        return new Plan(steps);
    }

    private static Step step(PatchList list, PatchEntry patch, LoadOptions options) {
        List<Refusal> refusals = list.againstLoad(patch, options, Optional.empty());
        List<PatchEntry> before = list.active();
        List<PatchEntry> after = list.inForceAfterLoad(patch);
        return new Step(
                patch,
                refusals,
                before.stream().filter(patch::replaces).map(PatchEntry::name).toList(),
                list.drops(patch),
                list.conflicts(patch),
                refusals.isEmpty() ? MethodStacks.affected(before, after) : Set.of(),
                refusals.isEmpty() ? completed(list.load(patch), patch.name()) : list);
    }

    private static PatchList completed(PatchList loading, String patch) {
        Transition transition = Transition.start(1, patch, Operation.LOAD);
        return loading.settle(transition.armed().switched().completed());
    }

    /** The answer to the first load that would be refused, if there is one. */
    public Optional<Refusal> firstRefusal() {
        return steps.stream()
                .filter(step -> !step.loads())
                .findFirst()
                .map(step -> step.refusals().get(0));
    }
}
