package dev.jlp.patch;

import java.util.SortedMap;
import java.util.TreeMap;

/** Where the class files of a patch are in its artifact. */
final class ArtifactEntries {

    private ArtifactEntries() {}

    static String before(int target, String type) {
        return "before/" + target + "/" + type + ".class";
    }

    static String after(int target, String type) {
        return "after/" + target + "/" + type + ".class";
    }

    static String added(int target, String type) {
        return "added/" + target + "/" + type + ".class";
    }

    static String callbacks(int target, String type) {
        return "callbacks/" + target + "/" + type + ".class";
    }

    /** The class files of a patch by the name of their entry. */
    static SortedMap<String, byte[]> of(Patch patch) {
        SortedMap<String, byte[]> entries = new TreeMap<>();
        for (int i = 0; i < patch.targets().size(); i++) {
            Target target = patch.targets().get(i);
            for (ClassPatch type : target.classes()) {
                entries.put(before(i, type.name()), type.before());
                entries.put(after(i, type.name()), type.after());
            }
            for (AddedClass type : target.added()) {
                entries.put(added(i, type.name()), type.bytes());
            }
            for (CallbackClass type : target.callbacks()) {
                entries.put(callbacks(i, type.name()), type.bytes());
            }
        }
        return entries;
    }
}
