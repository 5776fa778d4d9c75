package dev.jlp.engine;

import dev.jlp.patch.MethodId;
import dev.jlp.patch.Replace;
import dev.jlp.patch.Version;

import java.util.List;
import java.util.Map;
import java.util.Set;

/** Patches of tests: their methods are those of one class. */
final class Entries {

    private Entries() {}

    static PatchEntry entry(String name, String version, String set, MethodKey... methods) {
        return entry(name, version, Replace.SET, set, Map.of(), methods);
    }

    static PatchEntry entry(
            String name,
            String version,
            Replace replace,
            String set,
            Map<String, Integer> states,
            MethodKey... methods) {
        return new PatchEntry(
                name,
                new Version(version),
                "digest of " + name,
                new ReplaceRule(replace, set, List.of()),
                new Contents(Set.of(methods), Set.of(), states),
                Life.ENABLING,
                false);
    }

    static MethodKey method(String name) {
        return new MethodKey("T", new MethodId(name, "()V"));
    }
}
