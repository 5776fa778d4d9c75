package dev.jlp.coverage;

import dev.jlp.coverage.exercise.ResultFile;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What five JVMs said to the same calls: two of each release, one of the vulnerable release with the
 * patch. Pure.
 */
final class Comparison {

    /** What only a patch that is broken makes of a call that goes well in a release. */
    private static final Pattern BROKEN = Pattern.compile(
            "\\b(NoSuchMethodError|NoSuchFieldError|NoClassDefFoundError|ClassNotFoundException|VerifyError"
                    + "|AbstractMethodError|IllegalAccessError|IncompatibleClassChangeError|ClassFormatError"
                    + "|LinkageError|BootstrapMethodError|UnsatisfiedLinkError|ExceptionInInitializerError"
                    + "|NullPointerException|ClassCastException|StackOverflowError|InternalError)\\b"
                    + "|^" + ResultFile.LATE);

    /** What a JVM said, by phase and call. */
    record Said(Map<Phase, Map<Integer, String>> texts) {

        String text(Phase phase, int call) {
            return texts.getOrDefault(phase, Map.of()).getOrDefault(call, "nothing");
        }

        Set<Integer> calls(Phase phase) {
            return texts.getOrDefault(phase, Map.of()).keySet();
        }
    }

    /** A call that did not go as it had to. */
    record Difference(Sort sort, int call, String vulnerable, String fixed, String patched) {}

    /** What a difference is about. */
    enum Sort {
        BEFORE("before the patch, not as the vulnerable release"),
        AFTER("patched, not as the fixed release"),
        AFTER_BROKEN("patched, an error that neither release gives"),
        OLD_BROKEN("patched, objects made before: an error that neither release gives"),
        OLD_NEITHER("patched, objects made before: as neither release"),
        DISABLED("disabled, not as the vulnerable release"),
        OLDEST("disabled, objects made before: not as the vulnerable release"),
        LEFT_BROKEN("disabled, objects made while patched: an error that neither release gives"),
        LEFT_NEITHER("disabled, objects made while patched: as neither release");

        private final String text;

        Sort(String text) {
            this.text = text;
        }

        String text() {
            return text;
        }
    }

    private final Said vulnerable;
    private final Said fixed;
    private final Said patched;
    private final List<Difference> differences = new ArrayList<>();
    private final Set<Integer> steady = new TreeSet<>();
    private final Tallied after = new Tallied();
    private final Tallied old = new Tallied();
    private final Tallied left = new Tallied();
    private int unsteady;
    private int toldApart;
    private int toldApartAsFixed;

    /** How calls of one phase went. */
    static final class Tallied {
        private int compared;
        private int asFixed;
        private int asVulnerable;

        int compared() {
            return compared;
        }

        /** With the others the vulnerable release's answer would have been another one. */
        int asFixed() {
            return asFixed;
        }

        /** The fixed release answers otherwise. */
        int asVulnerable() {
            return asVulnerable;
        }

        int asNeither() {
            return compared - asFixed - asVulnerable;
        }
    }

    Comparison(List<Said> vulnerable, List<Said> fixed, Said patched) {
        this.vulnerable = vulnerable.get(0);
        this.fixed = fixed.get(0);
        this.patched = patched;
        for (int call : this.fixed.calls(Phase.BEFORE)) {
            if (isSteady(vulnerable, call) && isSteady(fixed, call)) {
                steady.add(call);
                fresh(call);
            } else {
                unsteady++;
            }
        }
        objects(vulnerable, fixed, Phase.OLD_OBJECTS, old, Sort.OLD_BROKEN, Sort.OLD_NEITHER);
        objects(vulnerable, fixed, Phase.LEFT_OBJECTS, left, Sort.LEFT_BROKEN, Sort.LEFT_NEITHER);
        each(vulnerable, fixed, Phase.OLDEST_OBJECTS, (call, said) -> {
            if (!said.equals(this.vulnerable.text(Phase.OLDEST_OBJECTS, call))) {
                differ(Sort.OLDEST, Phase.OLDEST_OBJECTS, call);
            }
        });
    }

    /** Whether a release answers in the same way whenever it is asked. */
    private static boolean isSteady(List<Said> release, int call) {
        String first = release.get(0).text(Phase.BEFORE, call);
        return release.stream()
                .allMatch(jvm -> jvm.text(Phase.BEFORE, call).equals(first)
                        && jvm.text(Phase.AFTER, call).equals(first)
                        && jvm.text(Phase.DISABLED, call).equals(first));
    }

    private void fresh(int call) {
        String before = vulnerable.text(Phase.BEFORE, call);
        String repaired = fixed.text(Phase.BEFORE, call);
        String said = patched.text(Phase.AFTER, call);
        boolean apart = !before.equals(repaired);
        toldApart += apart ? 1 : 0;
        toldApartAsFixed += apart && said.equals(repaired) ? 1 : 0;
        count(after, said, before, repaired);
        if (!said.equals(repaired)) {
            differ(
                    isBroken(said, before, repaired) ? Sort.AFTER_BROKEN : Sort.AFTER,
                    Phase.AFTER,
                    call);
        }
        if (!patched.text(Phase.BEFORE, call).equals(before)) {
            differ(Sort.BEFORE, Phase.BEFORE, call);
        }
        if (!patched.text(Phase.DISABLED, call).equals(before)) {
            differ(Sort.DISABLED, Phase.DISABLED, call);
        }
    }

    private void objects(
            List<Said> ofVulnerable,
            List<Said> ofFixed,
            Phase phase,
            Tallied tally,
            Sort broken,
            Sort neither) {
        each(ofVulnerable, ofFixed, phase, (call, said) -> {
            String before = vulnerable.text(phase, call);
            String repaired = fixed.text(phase, call);
            count(tally, said, before, repaired);
            if (!said.equals(before) && !said.equals(repaired)) {
                differ(isBroken(said, before, repaired) ? broken : neither, phase, call);
            }
        });
    }

    private void each(
            List<Said> ofVulnerable,
            List<Said> ofFixed,
            Phase phase,
            BiConsumer<Integer, String> use) {
        for (int call : fixed.calls(phase)) {
            if (steady.contains(call)
                    && isSame(ofVulnerable, phase, call)
                    && isSame(ofFixed, phase, call)) {
                use.accept(call, patched.text(phase, call));
            }
        }
    }

    private static boolean isSame(List<Said> release, Phase phase, int call) {
        String first = release.get(0).text(phase, call);
        return release.stream().allMatch(jvm -> jvm.text(phase, call).equals(first));
    }

    private static void count(Tallied tally, String said, String vulnerable, String fixed) {
        tally.compared++;
        if (said.equals(fixed)) {
            tally.asFixed++;
        } else if (said.equals(vulnerable)) {
            tally.asVulnerable++;
        }
    }

    /** Whether one of the errors is there that none of the others has. */
    static boolean isBroken(String said, String... others) {
        Matcher errors = BROKEN.matcher(said);
        while (errors.find()) {
            String error = Objects.requireNonNull(errors.group());
            if (List.of(others).stream().noneMatch(other -> other.contains(error))) {
                return true;
            }
        }
        return false;
    }

    private void differ(Sort sort, Phase phase, int call) {
        differences.add(new Difference(
                sort,
                call,
                vulnerable.text(phase, call),
                fixed.text(phase, call),
                patched.text(phase, call)));
    }

    int compared() {
        return steady.size();
    }

    int unsteady() {
        return unsteady;
    }

    int toldApart() {
        return toldApart;
    }

    int toldApartAsFixed() {
        return toldApartAsFixed;
    }

    Tallied after() {
        return after;
    }

    Tallied old() {
        return old;
    }

    Tallied left() {
        return left;
    }

    List<Difference> differences() {
        return List.copyOf(differences);
    }

    long count(Sort sort) {
        return differences.stream().filter(each -> each.sort() == sort).count();
    }
}
