package dev.jlp.engine;

import dev.jlp.patch.Version;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * The patches of one JVM, oldest first, and what may be done with them. A value. Kernel counterpart:
 * {@code klp_patches} and the checks of {@code core.c}.
 *
 * @param entries active ones and remnants
 * @param highest the highest version that was ever active, by set
 */
public record PatchList(List<PatchEntry> entries, Map<String, Version> highest) {

    /** The list of a JVM that was never patched. */
    public static final PatchList EMPTY = new PatchList(List.of(), Map.of());

    public PatchList {
        entries = List.copyOf(entries);
        highest = Map.copyOf(highest);
    }

    /** The patch of this name, active or a remnant. */
    public Optional<PatchEntry> find(String name) {
        return entries.stream().filter(entry -> entry.name().equals(name)).findFirst();
    }

    /** The active patches, oldest first. */
    public List<PatchEntry> active() {
        return entries.stream().filter(entry -> entry.life().isActive()).toList();
    }

    /** Position in load order among the active patches, from 1; 0 if it is not active. */
    public int stackOrder(String name) {
        List<PatchEntry> active = active();
        for (int i = 0; i < active.size(); i++) {
            if (active.get(i).name().equals(name)) {
                return i + 1;
            }
        }
        return 0;
    }

    /**
     * Every reason against a load that can be seen without looking at a class, in the order in which
     * the kernel answers them; the first one is the answer.
     *
     * @param candidate the patch to be loaded
     * @param options what the operator allows
     * @param busy the patch of the running transition, if there is one
     */
    public List<Refusal> againstLoad(
            PatchEntry candidate, LoadOptions options, Optional<String> busy) {
        List<Refusal> against = new ArrayList<>();
        nameTaken(candidate).ifPresent(against::add);
        incompatible(candidate).ifPresent(against::add);
        conflict(candidate, options).ifPresent(against::add);
        dropped(candidate, options).ifPresent(against::add);
        downgrade(candidate, options).ifPresent(against::add);
        busy.map(PatchList::busyWith).ifPresent(against::add);
        return against;
    }

    /** Why a patch can't be disabled now, if it can't. */
    public Optional<Refusal> againstDisable(String name, Optional<String> busy) {
        Optional<PatchEntry> entry = find(name);
        if (entry.isEmpty()) {
            return Optional.of(unknown(name));
        }
        if (!entry.get().life().isActive()) {
            return Optional.of(Refusal.of(
                    Refusal.Code.EINVAL,
                    "patch '" + name + "' is " + entry.get().life().word()
                            + " already; nothing to disable"));
        }
        return busy.map(PatchList::busyWith);
    }

    /** Why a patch can't be unloaded now, if it can't. */
    public Optional<Refusal> againstUnload(String name) {
        Optional<PatchEntry> entry = find(name);
        if (entry.isEmpty()) {
            return Optional.of(unknown(name));
        }
        if (entry.get().life().isActive()) {
            return Optional.of(Refusal.of(
                    Refusal.Code.EINVAL,
                    "patch '" + name + "' is " + entry.get().life().word()
                            + "; disable it before it is unloaded"));
        }
        if (entry.get().forced()) {
            return Optional.of(
                    Refusal.of(
                            Refusal.Code.EINVAL,
                            "patch '" + name
                                    + "' was forced: its code may still be on a stack, so it can't be unloaded"));
        }
        return Optional.empty();
    }

    /** A remnant of the same artifact goes by itself, if it could be unloaded. */
    private Optional<Refusal> nameTaken(PatchEntry candidate) {
        return find(candidate.name())
                .filter(taken -> taken.life().isActive()
                        || taken.forced()
                        || !taken.digest().equals(candidate.digest()))
                .map(taken -> Refusal.of(
                        Refusal.Code.EEXIST,
                        "a patch named '" + taken.name() + "', version " + taken.version() + ", is "
                                + taken.life().word() + whatFreesTheName(taken)));
    }

    private static String whatFreesTheName(PatchEntry taken) {
        if (taken.life().isActive()) {
            return "";
        }
        return taken.forced()
                ? " and was forced, so its name is taken for ever"
                : "; unload it first";
    }

    /** Kernel: E6, section 4.4. A replaced state that is not there at all is a dropped one. */
    private Optional<Refusal> incompatible(PatchEntry candidate) {
        Map<String, Integer> known = candidate.contents().states();
        TreeSet<String> wrong = new TreeSet<>();
        for (PatchEntry other : active()) {
            other.contents().states().forEach((id, version) -> {
                Integer mine = known.get(id);
                if (mine != null && mine < version) {
                    wrong.add("state '" + id + "' has version " + version + " in '" + other.name()
                            + "' and " + mine + " here");
                }
            });
        }
        return refusal(
                wrong,
                "not compatible with the states of active patches: " + String.join(", ", wrong));
    }

    private Optional<Refusal> conflict(PatchEntry candidate, LoadOptions options) {
        List<String> shared = options.conflicts() == Conflicts.REFUSE
                ? conflicts(candidate).stream().map(Owned::toString).toList()
                : List.of();
        return refusal(
                shared,
                "active patches that this one does not replace change the same: "
                        + String.join(", ", shared));
    }

    /** What active patches that the candidate does not replace have in common with it. */
    public List<Owned> conflicts(PatchEntry candidate) {
        return active().stream()
                .filter(other -> !candidate.replaces(other))
                .flatMap(other -> shared(candidate.contents(), other.contents())
                        .map(name -> new Owned(name, other.name())))
                .sorted()
                .toList();
    }

    private static Stream<String> shared(Contents candidate, Contents other) {
        return Stream.concat(
                other.methods().stream()
                        .filter(candidate.methods()::contains)
                        .map(MethodKey::toString),
                other.states().keySet().stream()
                        .filter(candidate.states()::containsKey)
                        .map(id -> "state '" + id + "'"));
    }

    private Optional<Refusal> dropped(PatchEntry candidate, LoadOptions options) {
        List<String> dropped = drops(candidate).stream()
                .filter(each -> !options.allowDrop()
                        && !candidate.rule().supersedes().contains(each.owner()))
                .map(Owned::toString)
                .toList();
        return refusal(
                dropped,
                "fixes of replaced patches would be dropped: " + String.join(", ", dropped)
                        + "; the patch may name what it supersedes, or --allow-drop allows it");
    }

    /** What active patches that the candidate replaces have and it has not. */
    public List<Owned> drops(PatchEntry candidate) {
        return active().stream()
                .filter(candidate::replaces)
                .flatMap(other -> missing(candidate.contents(), other.contents())
                        .map(name -> new Owned(name, other.name())))
                .sorted()
                .toList();
    }

    private static Stream<String> missing(Contents candidate, Contents other) {
        return Stream.concat(
                other.methods().stream()
                        .filter(method -> !candidate.methods().contains(method))
                        .map(MethodKey::toString),
                other.states().keySet().stream()
                        .filter(id -> !candidate.states().containsKey(id))
                        .map(id -> "state '" + id + "'"));
    }

    private static Optional<Refusal> refusal(Collection<String> names, String message) {
        return names.isEmpty()
                ? Optional.empty()
                : Optional.of(new Refusal(Refusal.Code.EINVAL, message, List.copyOf(names)));
    }

    private Optional<Refusal> downgrade(PatchEntry candidate, LoadOptions options) {
        Version seen = highest.get(candidate.rule().set());
        if (seen == null || candidate.version().compareTo(seen) >= 0 || options.allowDowngrade()) {
            return Optional.empty();
        }
        return Optional.of(Refusal.of(
                Refusal.Code.EINVAL,
                "version " + candidate.version() + " is lower than " + seen
                        + ", which was active in set '" + candidate.rule().set()
                        + "' of this JVM; --allow-downgrade allows it"));
    }

    private static Refusal busyWith(String patch) {
        return Refusal.of(
                Refusal.Code.EBUSY,
                "patch '" + patch + "' is in transition; wait for it or reverse it");
    }

    private static Refusal unknown(String name) {
        return Refusal.of(Refusal.Code.EINVAL, "no patch named '" + name + "' is loaded");
    }

    /** With the patch on top, its own remnant unloaded. Kernel: appended to {@code klp_patches}. */
    public PatchList load(PatchEntry candidate) {
        List<PatchEntry> next = new ArrayList<>(unload(candidate.name()).entries());
        next.add(candidate);
        Map<String, Version> versions = new LinkedHashMap<>(highest);
        versions.merge(
                candidate.rule().set(), candidate.version(), (a, b) -> a.compareTo(b) >= 0 ? a : b);
        return new PatchList(next, versions);
    }

    /** Without the patch. */
    public PatchList unload(String name) {
        return new PatchList(
                entries.stream().filter(entry -> !entry.name().equals(name)).toList(), highest);
    }

    /** With one patch further on in its life. */
    public PatchList become(String name, Life next) {
        return change(name, entry -> entry.become(next));
    }

    /** With one patch pinned for ever. */
    public PatchList pin(String name) {
        return change(name, PatchEntry::pinned);
    }

    private PatchList change(String name, UnaryOperator<PatchEntry> step) {
        return new PatchList(
                entries.stream()
                        .map(entry -> entry.name().equals(name) ? step.apply(entry) : entry)
                        .toList(),
                highest);
    }

    /** The patches that count after a load has completed: the candidate on top, without the replaced. */
    public List<PatchEntry> inForceAfterLoad(PatchEntry candidate) {
        List<PatchEntry> after = new ArrayList<>();
        for (PatchEntry other : active()) {
            if (!candidate.replaces(other) && !other.name().equals(candidate.name())) {
                after.add(other);
            }
        }
        after.add(candidate);
        return after;
    }

    /** The patches whose place a load takes that ended where it wanted to. */
    public List<PatchEntry> replacedBy(Transition ended) {
        Optional<PatchEntry> newest = find(ended.patch());
        if (ended.operation() == Operation.DISABLE
                || ended.goal() == Goal.UNPATCHED
                || newest.isEmpty()) {
            return List.of();
        }
        return active().stream()
                .filter(other ->
                        !other.name().equals(ended.patch()) && newest.get().replaces(other))
                .toList();
    }

    /** After a transition; force pins what left. Kernel: {@code klp_complete_transition}. */
    public PatchList settle(Transition ended) {
        boolean patched = ended.goal() == Goal.PATCHED;
        PatchList next = become(ended.patch(), patched ? Life.ENABLED : Life.DISABLED);
        if (!patched && ended.forced()) {
            next = next.pin(ended.patch());
        }
        for (PatchEntry old : replacedBy(ended)) {
            next = next.become(old.name(), Life.REPLACED);
            next = ended.forced() ? next.pin(old.name()) : next;
        }
        return next;
    }

    /** The patches that count after a disable has completed. */
    public List<PatchEntry> inForceAfterDisable(String name) {
        return active().stream().filter(entry -> !entry.name().equals(name)).toList();
    }
}
