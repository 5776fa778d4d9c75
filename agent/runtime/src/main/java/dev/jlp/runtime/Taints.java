package dev.jlp.runtime;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The patches that were ever loaded, who loaded them and how often: never forgotten, and no longer than the
 * number of different ones. Kernel counterpart: the taint flag.
 */
final class Taints {

    private static final int PROPERTY_MAX = 4_096;

    private final List<Taint> all = new ArrayList<>();

    /** Notes a load, and shows it in the property {@code jlp.taint}. */
    void add(LoadedPatch patch, String user) {
        int before = all.stream()
                .filter(each -> each.isOf(patch, user))
                .mapToInt(Taint::loads)
                .sum();
        all.removeIf(each -> each.isOf(patch, user));
        all.add(new Taint(patch.name(), patch.version(), Instant.now(), user, before + 1));
        System.setProperty("jlp.taint", property());
    }

    /** In the order of their last loads. */
    List<Taint> all() {
        return List.copyOf(all);
    }

    /** Newest last; the oldest are left out where they don't fit. */
    private String property() {
        StringBuilder text = new StringBuilder();
        for (int i = all.size() - 1; i >= 0; i--) {
            Taint each = all.get(i);
            String line =
                    each.patch + " " + each.version + " " + each.time + " " + each.user + "\n";
            if (text.length() + line.length() > PROPERTY_MAX) {
                break;
            }
            text.insert(0, line);
        }
        return text.toString();
    }

    /**
     * A patch that was ever loaded.
     *
     * @param patch its name
     * @param version its version
     * @param time when it was loaded last
     * @param user who asked
     * @param loads how often that user loaded it
     */
    record Taint(String patch, String version, Instant time, String user, int loads) {

        private boolean isOf(LoadedPatch loaded, String who) {
            return patch.equals(loaded.name())
                    && version.equals(loaded.version())
                    && user.equals(who);
        }
    }
}
