package dev.jlp.builder;

import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FieldNode;

import java.util.List;

/**
 * Static fields that start anew because the author says so: caches that old bodies have filled. Nothing tells
 * such a field from one whose content nobody could make again, so none is taken unasked.
 */
final class Anew {

    private Anew() {}

    /** Adds the fields to the differences. */
    static void mark(List<TargetDiff> targets, List<String> globs, World world)
            throws BuildProblem {
        for (String glob : globs) {
            Globs wanted = new Globs(List.of(glob));
            boolean found = false;
            for (TargetDiff target : targets) {
                for (String name : target.original().classes().keySet()) {
                    found |= mark(target, name, wanted, world);
                }
            }
            if (!found) {
                throw new BuildProblem("no static field of both releases matches '" + glob + "'");
            }
        }
    }

    private static boolean mark(TargetDiff target, String name, Globs wanted, World world)
            throws BuildProblem {
        ClassNode before = world.before(name);
        ClassNode after = world.isRemoved(name) ? null : world.after(name);
        if (before == null || after == null) {
            return false;
        }
        boolean found = false;
        for (FieldNode field : after.fields) {
            FieldKey key = FieldKey.of(field);
            FieldNode original = Holders.find(before, key);
            if (wanted.matchesMember(name, field.name)
                    && original != null
                    && ClassFiles.has(original.access & field.access, Opcodes.ACC_STATIC)) {
                check(name, after, field);
                target.classes()
                        .computeIfAbsent(
                                name, unchanged -> new ClassDiff(target.name(), before, after))
                        .startAnew(key);
                found = true;
            }
        }
        return found;
    }

    private static void check(String owner, ClassNode type, FieldNode field) throws BuildProblem {
        if (field.value != null
                || Enums.isConstant(field)
                || Enums.isList(type, FieldKey.of(field))) {
            throw new BuildProblem("'" + Homes.dotted(owner) + "." + field.name
                    + "' is a constant: it can't start anew");
        }
    }
}
