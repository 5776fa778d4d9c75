package dev.jlp.api;

import org.jspecify.annotations.Nullable;

import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * Shadow variables of one id: values attached to objects whose class has no field for them.
 *
 * <p>An id means the same in every patch of the JVM, so a patch finds what an earlier one attached. A
 * patch that reads often keeps the shadow in a {@code static final} field of a class that it adds:
 *
 * <pre>{@code
 * final class Budgets {
 *     static final Shadow<Budget> OF_SESSION = Shadow.id("com.example.session-budget");
 * }
 * ...
 * Budget budget = Budgets.OF_SESSION.getOrAlloc(this, session -> new Budget());
 * }</pre>
 *
 * <p>Two patterns: attach a variable in the constructor of its parent, then an object without one was made
 * by old code; or attach it at the first use, for objects that were there before the patch.
 *
 * <p>A parent is known by its identity and is not kept alive: the variable goes after it is collected. A
 * value from which the parent can be reached keeps it alive. Otherwise a variable stays until somebody
 * frees it, also after the patch is disabled, unless a state of the patch owns it: whose id is a state's, or
 * begins with a state's and a slash, is handed on with the state, and freed when the last patch that
 * declares the state is gone. The table is safe for any number of threads; the values are
 * the author's business.
 *
 * @param <T> of the values
 */
public final class Shadow<T> {

    private static final int CLEARED_AT_ONCE = 1_000;

    /** Static because ids are shared by all patches; as many as authors have chosen. */
    private static final ConcurrentHashMap<String, Shadow<?>> SHADOWS = new ConcurrentHashMap<>();

    private final ShadowTable<T> table;

    private Shadow(String id) {
        table = new ShadowTable<>(id);
    }

    /**
     * The variables of an id; always the same object. Who uses an id under two types of values gets a
     * ClassCastException where a value is used.
     */
    @SuppressWarnings("unchecked") // the author's word
    public static <T> Shadow<T> id(String id) {
        CallbackThread.requireInTime();
        Shadow<?> known = SHADOWS.get(Objects.requireNonNull(id, "id"));
        if (known == null) {
            Shadow<T> fresh = new Shadow<>(id);
            known = SHADOWS.putIfAbsent(id, fresh);
            return known == null ? fresh : (Shadow<T>) known;
        }
        return (Shadow<T>) known;
    }

    /** The value attached to an object; null if there is none. Takes no lock. */
    public @Nullable T get(Object parent) {
        CallbackThread.requireInTime();
        return table.get(Objects.requireNonNull(parent, "parent"));
    }

    /**
     * Attaches a value. The constructor runs without a lock, once; nobody sees the value before it returns.
     * What it throws goes to the caller, and nothing is attached.
     *
     * @throws IllegalStateException if there is one already, or if the constructor asks for the variable
     *     that it makes
     * @throws NullPointerException if the constructor returns null
     */
    public <P> T alloc(P parent, Function<? super P, ? extends T> constructor) {
        CallbackThread.requireInTime();
        Objects.requireNonNull(constructor, "constructor");
        return table.make(Objects.requireNonNull(parent, "parent"), constructor, false);
    }

    /**
     * The attached value, else a new one as by {@link #alloc}. Of several threads one runs its constructor;
     * the others wait for it. If it throws, the next one runs its own.
     *
     * @throws IllegalStateException if the constructor asks for the variable that it makes, itself or by
     *     waiting for another thread's constructor
     * @throws NullPointerException if the constructor returns null
     */
    public <P> T getOrAlloc(P parent, Function<? super P, ? extends T> constructor) {
        CallbackThread.requireInTime();
        Objects.requireNonNull(constructor, "constructor");
        T known = table.get(Objects.requireNonNull(parent, "parent"));
        return known != null ? known : table.make(parent, constructor, true);
    }

    /** Detaches the value, if there is one. */
    public void free(Object parent) {
        CallbackThread.requireInTime();
        table.remove(Objects.requireNonNull(parent, "parent"));
    }

    /**
     * Detaches the value, if there is one, then gives it to the destructor. A variable whose constructor
     * still runs is not there yet.
     */
    public <P> void free(P parent, BiConsumer<? super P, ? super T> destructor) {
        CallbackThread.requireInTime();
        Objects.requireNonNull(destructor, "destructor");
        T value = table.remove(Objects.requireNonNull(parent, "parent"));
        if (value != null) {
            destructor.accept(parent, value);
        }
    }

    /** Detaches the values of all objects. */
    public void freeAll() {
        CallbackThread.requireInTime();
        table.removeAll(null);
    }

    /**
     * Detaches the values of all objects, then gives each to the destructor. If a destructor throws, the
     * others run first; then the first exception goes to the caller.
     */
    public void freeAll(BiConsumer<Object, ? super T> destructor) {
        CallbackThread.requireInTime();
        table.removeAll(Objects.requireNonNull(destructor, "destructor"));
    }

    /** How many objects have a variable, by id. Those of objects that were collected may still count. */
    public static Map<String, Integer> counts() {
        Map<String, Integer> counts = new TreeMap<>();
        for (Map.Entry<String, Shadow<?>> each : SHADOWS.entrySet()) {
            counts.put(each.getKey(), each.getValue().table.live());
        }
        return counts;
    }

    /**
     * Lets values go whose parents were collected. Writers do this too, each a little; the agent does it once
     * in a while, so that a table which nobody writes to lets them go as well.
     */
    public static void clear() {
        for (Shadow<?> shadow : SHADOWS.values()) {
            while (shadow.table.tryClear(CLEARED_AT_ONCE)) {
                // A batch at a time, so that writers get the lock in between.
            }
        }
    }
}
