package dev.jlp.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** What an operator may do in the small world, and what the worker does when all threads are done. */
final class WorldOperations {

    private static final int REVERSALS_MAX = 2;
    private static final List<LoadOptions> OPTIONS = List.of(
            new LoadOptions(false, false, Conflicts.REFUSE),
            new LoadOptions(true, true, Conflicts.STACK));

    private final WorldRules rules;
    private final List<PatchEntry> patches;
    private final int forcesMax;
    private final boolean tidy;

    /** A tidy operator unloads what he can as soon as he can, which leaves fewer lists to go through. */
    WorldOperations(WorldRules rules, List<PatchEntry> patches, int forcesMax, boolean tidy) {
        this.rules = rules;
        this.patches = patches;
        this.forcesMax = forcesMax;
        this.tidy = tidy;
    }

    /** A new moment, and what it makes of each thread. */
    record Outcome(Moment moment, UnaryOperator<ModelThread> thread) {}

    List<Outcome> next(Moment moment) {
        List<Outcome> next = new ArrayList<>();
        for (PatchEntry patch : patches) {
            for (LoadOptions options : OPTIONS) {
                load(moment, patch, options).ifPresent(next::add);
            }
            disable(moment, patch.name()).ifPresent(next::add);
            unload(moment, patch.name()).ifPresent(next::add);
        }
        Moment.Course course = moment.course();
        if (course != null && !course.transition().forced()) {
            turns(moment, course, next);
        }
        return next;
    }

    private void turns(Moment moment, Moment.Course course, List<Outcome> next) {
        Transition now = course.transition();
        if (now.reversals() < REVERSALS_MAX) {
            next.add(new Outcome(
                    moment.with(moment.list(), course.with(now.reversed())), rules::turned));
        }
        if (moment.forces() < forcesMax) {
            next.add(new Outcome(
                    new Moment(moment.list(), course.with(now.force()), moment.forces() + 1),
                    thread -> thread));
        }
    }

    private Optional<Outcome> load(Moment moment, PatchEntry patch, LoadOptions options) {
        List<Refusal> against = rules.againstLoad(moment.list(), patch, options, busy(moment));
        WorldInvariants.refusals(moment, against);
        return against.isEmpty()
                ? Optional.of(begin(
                        moment,
                        moment.list().load(patch),
                        Transition.start(1, patch.name(), Operation.LOAD),
                        moment.list().inForceAfterLoad(patch)))
                : Optional.empty();
    }

    private Optional<Outcome> disable(Moment moment, String patch) {
        PatchList list = moment.list();
        if (list.againstDisable(patch, busy(moment)).isPresent()) {
            return Optional.empty();
        }
        return Optional.of(begin(
                moment,
                list.become(patch, Life.DISABLING),
                Transition.start(1, patch, Operation.DISABLE),
                list.inForceAfterDisable(patch)));
    }

    private Outcome begin(Moment moment, PatchList list, Transition start, List<PatchEntry> after) {
        List<PatchEntry> before = moment.list().active();
        Moment.Course course =
                new Moment.Course(start.armed(), before, after, rules.affected(before, after));
        return new Outcome(moment.with(list, course), ModelThread::atRest);
    }

    private Optional<Outcome> unload(Moment moment, String patch) {
        return moment.list().againstUnload(patch).isPresent()
                ? Optional.empty()
                : Optional.of(new Outcome(
                        moment.with(moment.list().unload(patch), moment.course()),
                        thread -> thread));
    }

    /** All threads are done, or were forced. What force left on stacks is marked. */
    Outcome complete(Moment moment, Moment.Course course) {
        Transition switched = course.transition().switched();
        PatchList list = rules.settle(moment.list(), switched.completed());
        WorldInvariants.pins(moment.list(), list);
        List<PatchEntry> inForce = course.inForce(course.goal());
        WorldInvariants.outcome(list.active(), inForce);
        Moment next = moment.with(tidy ? withoutRemnants(list) : list, null);
        return new Outcome(next, thread -> {
            ModelThread rested = thread.atRest();
            return switched.forced() ? rested.with(marked(rested.stack(), inForce)) : rested;
        });
    }

    private static PatchList withoutRemnants(PatchList list) {
        PatchList next = list;
        for (PatchEntry entry : list.entries()) {
            next = next.againstUnload(entry.name()).isEmpty() ? next.unload(entry.name()) : next;
        }
        return next;
    }

    private List<ModelThread.Frame> marked(
            List<ModelThread.Frame> stack, List<PatchEntry> inForce) {
        return stack.stream()
                .map(frame -> new ModelThread.Frame(
                        frame.method(),
                        frame.owner(),
                        frame.leftByForce()
                                || !rules.owner(inForce, frame.method()).equals(frame.owner())))
                .toList();
    }

    private static Optional<String> busy(Moment moment) {
        return Optional.ofNullable(moment.course())
                .map(course -> course.transition().patch());
    }
}
