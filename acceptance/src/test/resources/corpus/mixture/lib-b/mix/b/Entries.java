package mix.b;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import mix.a.Alpha;
import mix.a.Big;

/** Never patched. Each entry calls exactly one changed method, so it is one outermost call. */
public final class Entries {

    private Entries() {}

    /** By name; the last three are slow. */
    public static Map<String, Runnable> all(Runnable other) {
        Map<String, Runnable> all = new LinkedHashMap<>();
        Alpha alpha = new Alpha(3);
        Gamma gamma = new Gamma(3);
        all.put("held", () -> Alpha.held(1));
        all.put("chain", () -> Alpha.chain(5));
        all.put("instance", () -> alpha.instance(5));
        all.put("instance across loaders", () -> gamma.instance(5));
        all.put("locked", () -> alpha.locked(1));
        all.put("lockedStatic", () -> Alpha.lockedStatic(1));
        all.put("interface", () -> alpha.twice(4));
        all.put("bridged", () -> alpha.bridged(4));
        all.put("bridged across loaders", () -> gamma.bridged(4));
        all.put("lambdas", () -> Alpha.lambdas(7));
        all.put("wide", () -> Alpha.wide(1L, 2.0, 3, 4L));
        all.put("recurse", () -> Alpha.recurse(50));
        all.put("recurseThrough", () -> Alpha.recurseThrough(50));
        all.put("thrown outside", () -> {
            try {
                Alpha.throwing(1);
            } catch (IllegalStateException expected) {
                return;
            }
        });
        all.put("catching", () -> Alpha.catching(1));
        all.put("constructor", () -> new Alpha(2));
        all.put("constructor across loaders", () -> new Gamma(2));
        all.put("super throws", () -> {
            try {
                new Gamma(-1);
            } catch (IllegalArgumentException expected) {
                return;
            }
        });
        all.put("badConstruction", () -> Alpha.badConstruction(1));
        all.put("blocks", () -> Alpha.blocks(3));
        all.put("sorted", () -> Alpha.sorted(3));
        all.put("around", () -> Alpha.around(other));
        all.put("down", () -> Gamma.down(5));
        all.put("big", () -> Big.big(5));
        all.put("pausing", () -> Alpha.pausing(1));
        all.put("deep", () -> Alpha.recurse(5_000));
        all.put("overflow", () -> Alpha.overflow(1));
        return all;
    }

    /** Changed methods for callers by reflection. */
    public static List<Method> reflective() throws ReflectiveOperationException {
        List<Method> methods = new ArrayList<>();
        for (String name : List.of("first", "second", "third")) {
            methods.add(Reflected.class.getMethod(name));
        }
        return methods;
    }
}
