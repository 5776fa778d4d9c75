package dev.jlp.builder;

import dev.jlp.weaver.Relocator;
import dev.jlp.weaver.WeavingProblem;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** The names of a library that was shaded: copied into another jar, its packages renamed. */
final class Relocations {

    private final List<Relocation> rules;
    private final Relocator relocator;

    Relocations(List<Relocation> rules) {
        this.rules = rules;
        relocator = new Relocator(rules.stream()
                .map(each -> new Relocator.Rule(each.from(), each.to()))
                .toList());
    }

    /** A release as it is in the jar that it was shaded into; the same if nothing is relocated. */
    Release in(Release release) throws BuildProblem {
        if (rules.isEmpty()) {
            return release;
        }
        return new Release(
                release.label(),
                release.sha256(),
                in(release.classes(), release.label()),
                in(release.shipped(), release.label()),
                release.resources(),
                release.traits());
    }

    /** The name of a target, another one for each copy: their patches don't replace each other. */
    String target(String name) {
        return rules.isEmpty() ? name : name + "@" + rules.get(0).to();
    }

    /** Makes sure that each of the rules renames something. */
    void check(List<Release> originals) throws BuildProblem {
        for (Relocation rule : rules) {
            String path = rule.from().replace('.', '/');
            if (originals.stream()
                    .flatMap(release -> release.classes().keySet().stream())
                    .noneMatch(name -> name.startsWith(path))) {
                throw new BuildProblem("the originals have no class in '" + rule.from()
                        + "', which is to be relocated to '" + rule.to() + "'");
            }
        }
    }

    private SortedMap<String, byte[]> in(SortedMap<String, byte[]> classes, String label)
            throws BuildProblem {
        SortedMap<String, byte[]> relocated = new TreeMap<>();
        for (Map.Entry<String, byte[]> type : classes.entrySet()) {
            try {
                relocated.put(relocator.map(type.getKey()), relocator.relocated(type.getValue()));
            } catch (WeavingProblem unreadable) {
                throw new BuildProblem(
                        type.getKey() + " of '" + label + "': " + unreadable.getMessage());
            }
        }
        return relocated;
    }
}
