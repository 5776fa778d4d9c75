package dev.jlp.acceptance;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What the rule says about the patches of a JVM, written a second time and in the plainest way. */
final class RandomModel {

    /**
     * A patch.
     *
     * @param number by which its bodies are known, 1 to 9
     * @param replace {@code set}, {@code all} or {@code none}
     * @param methods by number, the outermost method is 0
     */
    record Fix(int number, String set, String replace, Set<Integer> methods) {

        String name() {
            return "fix-" + number;
        }

        boolean replaces(Fix other) {
            return replace.equals("all") || (replace.equals("set") && set.equals(other.set));
        }
    }

    private static final int METHODS = 3;

    private final List<Fix> active = new ArrayList<>();
    private final List<String> listed = new ArrayList<>();
    private final Set<Fix> pinned = new java.util.HashSet<>();

    boolean isActive(Fix fix) {
        return active.contains(fix);
    }

    int pinned() {
        return pinned.size();
    }

    /** The code that a load is refused with at rest; empty if it is done. */
    String againstLoad(Fix fix) {
        return active.contains(fix) || pinned.contains(fix) ? "EEXIST" : "";
    }

    String againstDisable(Fix fix) {
        return active.contains(fix) ? "" : "EINVAL";
    }

    String againstUnload(Fix fix) {
        boolean gone = !active.contains(fix) && !pinned.contains(fix);
        return gone && isListed(fix) ? "" : "EINVAL";
    }

    private boolean isListed(Fix fix) {
        return listed.stream().anyMatch(line -> line.startsWith(fix.name() + " "));
    }

    List<Fix> afterLoad(Fix fix) {
        List<Fix> after = new ArrayList<>(active);
        after.removeIf(fix::replaces);
        after.add(fix);
        return after;
    }

    List<Fix> afterDisable(Fix fix) {
        List<Fix> after = new ArrayList<>(active);
        after.remove(fix);
        return after;
    }

    List<Fix> active() {
        return List.copyOf(active);
    }

    /** A load is over. */
    void loaded(Fix fix, boolean patched, boolean forced) {
        list(fix, patched ? "enabled" : "disabled");
        if (!patched) {
            pin(forced, fix);
            return;
        }
        for (Fix old : List.copyOf(active)) {
            if (fix.replaces(old)) {
                active.remove(old);
                relist(old, "replaced");
                pin(forced, old);
            }
        }
        active.add(fix);
    }

    /** A disable is over. */
    void disabled(Fix fix, boolean patched, boolean forced) {
        if (!patched) {
            active.remove(fix);
            relist(fix, "disabled");
            pin(forced, fix);
        }
    }

    void unloaded(Fix fix) {
        listed.removeIf(line -> line.startsWith(fix.name() + " "));
    }

    private void pin(boolean forced, Fix fix) {
        if (forced) {
            pinned.add(fix);
        }
    }

    private void list(Fix fix, String state) {
        unloaded(fix);
        listed.add(fix.name() + " " + state);
    }

    private void relist(Fix fix, String state) {
        listed.replaceAll(
                line -> line.startsWith(fix.name() + " ") ? fix.name() + " " + state : line);
    }

    /** As {@code status} lists them: name, state, position in load order, forced. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        for (String line : listed) {
            String name = line.substring(0, line.indexOf(' '));
            int order = 1 + active.stream().map(Fix::name).toList().indexOf(name);
            boolean forced = pinned.stream().anyMatch(fix -> fix.name().equals(name));
            lines.add(line + " " + order + (forced ? " forced" : ""));
        }
        return lines;
    }

    /** Whose bodies one nest of calls runs: a digit for each method, 0 is the original. */
    static int bodies(List<Fix> inForce) {
        int digits = 0;
        for (int method = 0; method < METHODS; method++) {
            int owner = 0;
            for (Fix fix : inForce) {
                owner = fix.methods().contains(method) ? fix.number() : owner;
            }
            digits = digits * 10 + owner;
        }
        return digits;
    }

    static Fix fix(int number, String set, String replace, Integer... inner) {
        Set<Integer> methods = new TreeSet<>(List.of(inner));
        methods.add(0);
        return new Fix(number, set, replace, methods);
    }
}
