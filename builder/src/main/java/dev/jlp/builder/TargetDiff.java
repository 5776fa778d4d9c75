package dev.jlp.builder;

import dev.jlp.builder.Change.Kind;
import dev.jlp.builder.Change.Verdict;

import org.objectweb.asm.tree.ClassNode;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The differences of one target.
 *
 * @param name of the target
 * @param original the release with the flaw
 * @param fixed the release without it
 * @param classes those that are in both and differ, by internal name
 * @param added names of those that only the fixed release has
 * @param removed those that only the original has
 * @param notes about what is not in classes
 */
record TargetDiff(
        String name,
        Release original,
        Release fixed,
        SortedMap<String, ClassDiff> classes,
        List<String> added,
        List<Change> removed,
        List<String> notes) {

    /** Finds the counterparts of compiler-made members. */
    static void match(Release original, Release fixed, Renames renames) throws BuildProblem {
        for (String name : original.classes().keySet()) {
            if (fixed.classes().containsKey(name) && differ(original, fixed, name)) {
                MemberMatching.match(original.parse(name), fixed.parse(name), renames);
            }
        }
    }

    static TargetDiff of(String name, Release original, Release fixed, World world, Renames renames)
            throws BuildProblem {
        SortedMap<String, ClassDiff> classes = new TreeMap<>();
        List<Change> removed = new ArrayList<>();
        int noted = 0;
        for (String type : original.classes().keySet()) {
            ClassNode before = world.before(type);
            ClassNode after = fixed.classes().containsKey(type) ? world.after(type) : null;
            if (after == null || before == null) {
                removed.add(new Change(
                        name,
                        type,
                        "",
                        Kind.REMOVED_CLASS,
                        Verdict.DONE,
                        false,
                        "the class is removed; it stays, unused"));
            } else if (differ(original, fixed, type) || renames.concern(type)) {
                noted += CompilerNotes.differ(before, after) ? 1 : 0;
                ClassDiff diff = ClassDiff.of(name, before, after, world);
                if (!diff.items().isEmpty()) {
                    classes.put(type, diff);
                }
            }
        }
        new MadeByOldCode(world, classes).find(name, original, classes);
        List<String> added = fixed.classes().keySet().stream()
                .filter(type -> !original.classes().containsKey(type))
                .toList();
        List<String> notes = notes(name, original, fixed);
        notes.addAll(CompilerNotes.note(name, noted));
        return new TargetDiff(name, original, fixed, classes, added, removed, notes);
    }

    private static boolean differ(Release original, Release fixed, String type) {
        return !Arrays.equals(original.classes().get(type), fixed.classes().get(type));
    }

    private static List<String> notes(String name, Release original, Release fixed) {
        List<String> notes = new ArrayList<>(VersionedClasses.notes(name, original, fixed));
        Map<String, String> resources = new TreeMap<>(original.resources());
        resources.putAll(fixed.resources());
        for (String resource : resources.keySet()) {
            String before = original.resources().get(resource);
            String after = fixed.resources().get(resource);
            if (before == null || !before.equals(after)) {
                String what = before == null ? "added" : after == null ? "removed" : "changed";
                notes.add("the resource '" + resource + "' of '" + name + "' is " + what
                        + " in the fixed release; a patch leaves resources as they are");
            }
        }
        return notes;
    }
}
