package dev.jlp.builder;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** What multi-release jars have for particular Java releases beside the classes that were compared. */
final class VersionedClasses {

    private static final int NAMED_MAX = 5;

    private VersionedClasses() {}

    /** Tells which other files of changed classes there are, and for which Java releases. */
    static List<String> notes(String target, Release original, Release fixed) {
        SortedSet<Integer> releases =
                new TreeSet<>(original.traits().versioned().keySet());
        releases.addAll(fixed.traits().versioned().keySet());
        List<String> notes = new ArrayList<>();
        for (int release : releases) {
            SortedMap<String, byte[]> before = files(original, release);
            SortedMap<String, byte[]> after = files(fixed, release);
            List<String> other = new ArrayList<>();
            SortedSet<String> names = new TreeSet<>(before.keySet());
            names.addAll(after.keySet());
            for (String name : names) {
                boolean chosen = Arrays.equals(
                                before.get(name), original.classes().get(name))
                        && Arrays.equals(after.get(name), fixed.classes().get(name));
                boolean changes = !Arrays.equals(before.get(name), after.get(name))
                        || !Arrays.equals(
                                original.classes().get(name), fixed.classes().get(name));
                if (!chosen && changes) {
                    other.add(name.replace('/', '.'));
                }
            }
            if (!other.isEmpty()) {
                notes.add("'" + target + "' has other class files for Java " + release
                        + " and later, which were not compared ('--target-jdk " + release
                        + "' does): " + some(other));
            }
        }
        return notes;
    }

    private static SortedMap<String, byte[]> files(Release jar, int release) {
        return jar.traits().versioned().getOrDefault(release, new TreeMap<>());
    }

    private static String some(List<String> names) {
        int more = names.size() - NAMED_MAX;
        return String.join(", ", names.subList(0, Math.min(names.size(), NAMED_MAX)))
                + (more > 0 ? " and " + more + " more" : "");
    }
}
