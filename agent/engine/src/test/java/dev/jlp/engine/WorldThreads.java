package dev.jlp.engine;

import java.util.ArrayList;
import java.util.List;

/** What a thread of the small world may do next: {@code docs/concurrency.md}, sections 1 and 2. */
final class WorldThreads {

    private final WorldRules rules;
    private final MethodKey outer;
    private final MethodKey inner;

    /** {@code outer} may call {@code inner}; a thread may call either of them. */
    WorldThreads(WorldRules rules, MethodKey outer, MethodKey inner) {
        this.rules = rules;
        this.outer = outer;
        this.inner = inner;
    }

    List<ModelThread> next(Moment moment, ModelThread thread) {
        List<ModelThread> next = new ArrayList<>();
        if (thread.stack().isEmpty()) {
            next.addAll(call(moment, thread, outer));
            next.addAll(call(moment, thread, inner));
            next.add(moment.course() == null ? thread : ModelThread.BORN);
        } else {
            next.add(thread.returns());
            if (thread.stack().size() == 1 && thread.stack().get(0).method().equals(outer)) {
                next.addAll(call(moment, thread, inner));
            }
        }
        if (moment.course() != null && !thread.isDone()) {
            next.add(look(moment.course(), thread));
        }
        return next;
    }

    private List<ModelThread> call(Moment moment, ModelThread thread, MethodKey method) {
        Moment.Course course = moment.course();
        if (course == null) {
            return List.of(thread.calls(method, rules.owner(moment.list().active(), method)));
        }
        if (!course.affected().contains(method)) {
            return List.of(thread.calls(method, rules.owner(course.before(), method)));
        }
        return chosen(course, thread).stream()
                .map(chose ->
                        chose.calls(method, rules.owner(course.inForce(chose.fresh()), method)))
                .toList();
    }

    /** The entry of an armed method; two answers where a back-off may or may not be over. */
    private List<ModelThread> chosen(Moment.Course course, ModelThread thread) {
        if (thread.settled()) {
            return List.of(thread);
        }
        if (thread.fresh() == course.goal()) {
            return List.of(thread.settledOn(course.goal()));
        }
        ModelThread walked =
                rules.maySwitch(course.check(), thread) ? thread.settledOn(course.goal()) : thread;
        return thread.cleared() ? List.of(walked) : List.of(thread, walked);
    }

    /** From outside. After a reversal a thread that has not switched is where it has to be. */
    ModelThread look(Moment.Course course, ModelThread thread) {
        boolean neverAway = course.transition().reversals() > 0 && thread.fresh() == course.goal();
        return neverAway || rules.maySwitch(course.check(), thread)
                ? thread.clearedByLook()
                : thread;
    }
}
