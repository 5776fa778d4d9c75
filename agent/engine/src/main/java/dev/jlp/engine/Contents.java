package dev.jlp.engine;

import dev.jlp.patch.MethodPatch;
import dev.jlp.patch.Patch;
import dev.jlp.patch.State;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * What a patch declares that other patches may collide with.
 *
 * @param methods what it changes
 * @param quiesce what it keeps, but wants off every stack while it comes or goes
 * @param states version by id
 */
public record Contents(
        Set<MethodKey> methods, Set<MethodKey> quiesce, Map<String, Integer> states) {

    public Contents {
        methods = Set.copyOf(methods);
        quiesce = Set.copyOf(quiesce);
        states = Map.copyOf(states);
    }

    static Contents of(Patch patch) {
        Set<MethodKey> methods = new HashSet<>();
        Set<MethodKey> quiesce = new HashSet<>();
        patch.targets().stream().flatMap(target -> target.classes().stream()).forEach(type -> {
            for (MethodPatch method : type.methods()) {
                (method.quiesce() ? quiesce : methods).add(new MethodKey(type.name(), method.id()));
            }
        });
        Map<String, Integer> states = new LinkedHashMap<>();
        for (State state : patch.states()) {
            states.put(state.id(), state.version());
        }
        return new Contents(methods, quiesce, states);
    }
}
