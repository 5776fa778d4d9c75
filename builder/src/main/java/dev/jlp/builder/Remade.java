package dev.jlp.builder;

import dev.jlp.builder.Overrides.Method;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;

/**
 * Static fields whose values chosen code would make otherwise, and that go along with it. One whose initialiser
 * can't run again stays as it is, since nobody has chosen it.
 */
final class Remade {

    private final Globs excludes;
    private final Map<String, Set<String>> added = new HashMap<>();
    private final Set<String> hopeless = new HashSet<>();

    Remade(Globs excludes) {
        this.excludes = excludes;
    }

    /** Adds fields of a class to what is asked for; true if there are any. */
    boolean add(ClassDiff diff, LoweredCode lowered, Set<String> asked) {
        if (hopeless.contains(diff.name())) {
            return false;
        }
        boolean more = false;
        for (Map.Entry<FieldKey, SortedSet<Method>> field : diff.remade().entrySet()) {
            String name = field.getKey().name();
            String subject = Homes.dotted(diff.name()) + "." + name;
            if (!excludes.matches(diff.name(), name)
                    && field.getValue().stream().anyMatch(lowered::takes)
                    && asked.add(subject)) {
                added.computeIfAbsent(diff.name(), none -> new HashSet<>()).add(subject);
                more = true;
            }
        }
        return more;
    }

    /** A class has a problem: if fields of it were added here, they are taken back. */
    boolean takeBack(String owner, Set<String> asked) {
        Set<String> subjects = added.remove(owner);
        if (subjects == null) {
            return false;
        }
        hopeless.add(owner);
        asked.removeAll(subjects);
        return true;
    }
}
