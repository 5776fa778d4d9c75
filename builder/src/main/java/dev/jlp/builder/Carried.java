package dev.jlp.builder;

import dev.jlp.patch.AddedClass;
import dev.jlp.patch.Patch;
import dev.jlp.patch.Target;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What an earlier patch has added, of which a cumulative patch takes the place. A loader defines a class once:
 * where the earlier patch was, its added classes stay as they are. So they count as classes of the original, with
 * the bytes that the earlier patch brought, and the later one changes them like any other.
 */
final class Carried {

    private final Map<String, Map<String, AddedClass>> added = new LinkedHashMap<>();

    private Carried() {}

    /** What a patch has added; nothing if there is none. */
    static Carried by(@Nullable Patch earlier) {
        Carried carried = new Carried();
        if (earlier != null) {
            for (Target target : earlier.targets()) {
                Map<String, AddedClass> classes = new LinkedHashMap<>();
                target.added().forEach(one -> classes.put(one.name(), one));
                carried.added.put(target.name(), classes);
            }
        }
        return carried;
    }

    /** The original as the earlier patch has left it: with its classes that the fixed release has as well. */
    Release over(String target, Release original, Release fixed) {
        SortedMap<String, byte[]> classes = new TreeMap<>(original.classes());
        of(target).forEach((name, one) -> {
            if (fixed.classes().containsKey(name)) {
                classes.putIfAbsent(name, one.bytes());
            }
        });
        return original.with(classes);
    }

    /** Classes to be defined where the earlier patch was not, in an order in which they can be. */
    List<AddedClass> needed(TargetDiff target) {
        Map<String, AddedClass> known = of(target.name());
        Set<String> needed = new HashSet<>();
        Deque<String> open = new ArrayDeque<>();
        for (String name : target.original().classes().keySet()) {
            if (known.containsKey(name) && !target.original().shipped().containsKey(name)) {
                open.add(name);
            }
        }
        while (!open.isEmpty()) {
            String name = open.remove();
            AddedClass one = known.get(name);
            if (one != null && needed.add(name)) {
                open.addAll(named(one, known.keySet()));
            }
        }
        return known.values().stream()
                .filter(one -> needed.contains(one.name()))
                .toList();
    }

    private static List<String> named(AddedClass one, Set<String> names) {
        List<String> named = new ArrayList<>();
        for (String name : names) {
            if (Bytes.contains(one.bytes(), name.getBytes(StandardCharsets.UTF_8))) {
                named.add(name);
            }
        }
        return named;
    }

    private Map<String, AddedClass> of(String target) {
        return added.getOrDefault(target, Map.of());
    }
}
