package dev.jlp.engine;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What holds in every state of the small world. The numbers are those of the kernel's section 11. */
final class WorldInvariants {

    private WorldInvariants() {}

    /** A broken one. */
    static final class Broken extends RuntimeException {

        private static final long serialVersionUID = 1;

        Broken(String message) {
            super(message);
        }
    }

    /** 1, 2 and 9: every frame has the body that is in force in its thread's universe. */
    static void thread(Moment moment, ModelThread thread) {
        Moment.Course course = moment.course();
        List<PatchEntry> inForce =
                course == null ? moment.list().active() : course.inForce(thread.fresh());
        for (ModelThread.Frame frame : thread.stack()) {
            String owner = MethodStacks.owner(inForce, frame.method()).orElse("");
            require(
                    frame.leftByForce() || frame.owner().equals(owner),
                    "a mixture: " + frame + " where the body in force is that of '" + owner + "'");
        }
        require(
                course == null || thread.switches() <= course.transition().reversals() + 1,
                "2: more switches than reversals allow: " + thread);
    }

    /** 3 and 10. */
    static void moment(Moment moment) {
        PatchList list = moment.list();
        Set<String> sets = new HashSet<>();
        int order = 0;
        for (PatchEntry entry : list.active()) {
            require(list.stackOrder(entry.name()) == ++order, "3: a gap in the order: " + list);
            require(!entry.forced(), "10: an active patch is pinned: " + entry);
            require(
                    moment.course() != null || sets.add(entry.rule().set()),
                    "two active patches of one set: " + list);
        }
        long moving = list.active().stream()
                .filter(entry -> entry.life() != Life.ENABLED)
                .count();
        require(moving == (moment.course() == null ? 0 : 1), "3: who is in transition? " + list);
        if (moment.course() == null) {
            remnants(list);
        }
    }

    /** 11. */
    private static void remnants(PatchList list) {
        for (PatchEntry entry : list.entries()) {
            boolean freed = list.againstUnload(entry.name()).isEmpty();
            require(
                    freed == (!entry.life().isActive() && !entry.forced()),
                    "11: who can be unloaded? " + entry);
        }
    }

    /** 6 and 12: busy is the last thing that is answered, and is answered whenever it is so. */
    static void refusals(Moment moment, List<Refusal> against) {
        for (int i = 0; i < against.size(); i++) {
            boolean busy = against.get(i).code() == Refusal.Code.EBUSY;
            require(!busy || i == against.size() - 1, "12: busy before " + against);
        }
        require(
                moment.course() == null
                        || (!against.isEmpty()
                                && against.get(against.size() - 1).code() == Refusal.Code.EBUSY),
                "3: a second transition is not refused");
    }

    /** A pin is never lost, whatever is done. */
    static void pins(PatchList before, PatchList after) {
        for (PatchEntry entry : before.entries()) {
            require(
                    !entry.forced() || after.entries().contains(entry),
                    "10: a pin is lost: " + entry + " in " + after);
        }
    }

    /** 9: what counts afterwards is what the threads have switched to. */
    static void outcome(List<PatchEntry> active, List<PatchEntry> inForce) {
        require(
                names(active).equals(names(inForce)),
                "9: threads have " + names(inForce) + ", the list says " + names(active));
    }

    /** From wherever a transition is, it ends when all have left: a thread with no frame is done by a look. */
    static void canEnd(WorldThreads threads, Moment.Course course, ModelThread thread) {
        if (thread.stack().isEmpty()) {
            require(
                    thread.isDone() || threads.look(course, thread).isDone(),
                    "a thread outside can't be cleared: " + thread);
        }
    }

    private static List<String> names(List<PatchEntry> entries) {
        return entries.stream().map(PatchEntry::name).toList();
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new Broken(otherwise);
        }
    }
}
