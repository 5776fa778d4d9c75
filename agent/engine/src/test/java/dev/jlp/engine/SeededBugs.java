package dev.jlp.engine;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Rules of the small world with one mistake each, and the invariant that must find it. */
@SuppressWarnings("ImmutableEnumChecker") // the rules have no state
enum SeededBugs {
    A_THREAD_SWITCHES_WITH_A_FRAME_ON_ITS_STACK("a mixture", new WorldRules() {
        @Override
        boolean maySwitch(StackCheck check, ModelThread thread) {
            return true;
        }
    }),
    A_LOOK_COUNTS_AFTER_A_REVERSAL("a mixture", new WorldRules() {
        @Override
        ModelThread turned(ModelThread thread) {
            return thread;
        }
    }),
    THE_OLDEST_PATCH_OWNS_A_METHOD("a mixture", new WorldRules() {
        @Override
        String owner(List<PatchEntry> inForce, MethodKey method) {
            List<PatchEntry> turned = new ArrayList<>(inForce);
            Collections.reverse(turned);
            return super.owner(turned, method);
        }
    }),
    DROPPED_METHODS_ARE_NOT_LOOKED_FOR("a mixture", new WorldRules() {
        @Override
        Set<MethodKey> affected(List<PatchEntry> before, List<PatchEntry> after) {
            Set<MethodKey> affected = new TreeSet<>();
            after.stream()
                    .filter(entry -> !before.contains(entry))
                    .forEach(entry -> affected.addAll(entry.contents().methods()));
            return affected;
        }
    }),
    REPLACED_PATCHES_STAY_ACTIVE("9: threads have", new WorldRules() {
        @Override
        PatchList settle(PatchList list, Transition ended) {
            return list.become(
                    ended.patch(), ended.goal() == Goal.PATCHED ? Life.ENABLED : Life.DISABLED);
        }
    }),
    FORCE_PINS_WHO_STAYS("10: an active patch is pinned", new WorldRules() {
        @Override
        PatchList settle(PatchList list, Transition ended) {
            PatchList settled = super.settle(list, ended);
            return ended.forced() ? settled.pin(ended.patch()) : settled;
        }
    }),
    A_FORCED_REMNANT_MAKES_WAY("10: a pin is lost", new WorldRules() {
        @Override
        List<Refusal> againstLoad(
                PatchList list, PatchEntry patch, LoadOptions options, Optional<String> busy) {
            return super.againstLoad(list, patch, options, busy).stream()
                    .filter(refusal -> !refusal.message().contains("was forced"))
                    .toList();
        }
    }),
    BUSY_IS_ANSWERED_FIRST("12: busy before", new WorldRules() {
        @Override
        List<Refusal> againstLoad(
                PatchList list, PatchEntry patch, LoadOptions options, Optional<String> busy) {
            List<Refusal> turned = new ArrayList<>(super.againstLoad(list, patch, options, busy));
            Collections.reverse(turned);
            return turned;
        }
    });

    final String finding;
    final WorldRules rules;

    SeededBugs(String finding, WorldRules rules) {
        this.finding = finding;
        this.rules = rules;
    }
}
