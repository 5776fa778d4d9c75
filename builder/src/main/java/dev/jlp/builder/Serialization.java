package dev.jlp.builder;

import dev.jlp.builder.Change.Verdict;

import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FieldNode;
import org.objectweb.asm.tree.MethodNode;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;

/**
 * What serialisation makes of a class that keeps its shape. It looks for hooks and fields by
 * reflection, in the class itself; so what is added elsewhere is not there for it, and what was
 * removed still is.
 */
final class Serialization {

    private static final String MARK = "java/io/Serializable";
    private static final String READ = "readObject(Ljava/io/ObjectInputStream;)V";
    private static final String WRITE = "writeObject(Ljava/io/ObjectOutputStream;)V";
    private static final String NO_DATA = "readObjectNoData()V";
    private static final String RESOLVE = "readResolve()Ljava/lang/Object;";
    private static final String REPLACE = "writeReplace()Ljava/lang/Object;";
    private static final Set<String> PRIVATE_HOOKS = Set.of(READ, WRITE, NO_DATA);
    private static final Set<String> HOOKS = Set.of(READ, WRITE, NO_DATA, RESOLVE, REPLACE);

    private final ClassNode before;
    private final ClassNode after;
    private final World world;

    private Serialization(ClassDiff diff, World world) {
        this.before = diff.before();
        this.after = diff.after();
        this.world = world;
    }

    /** Corrects the verdicts of what serialisation would see otherwise. */
    static void judge(ClassDiff diff, World world) throws BuildProblem {
        Serialization serialization = new Serialization(diff, world);
        if (serialization.mayBeSerializable()) {
            diff.judgeAgain(serialization::judge);
        }
    }

    private Change judge(Change change) {
        if (change.verdict() == Verdict.REFUSED) {
            return change;
        }
        return switch (change.kind()) {
            case ADDED_METHOD -> addedMethod(change);
            case REMOVED_METHOD ->
                isHook(before, change.member())
                        ? with(change, Verdict.DONE_WITH_CARE, "serialisation still calls it")
                        : change;
            case ACCESS -> access(change);
            case ADDED_FIELD -> addedField(change);
            case REMOVED_FIELD ->
                isWritten(before, change.member())
                        ? with(
                                change,
                                Verdict.DONE_WITH_CARE,
                                "it still is in the serialised form, and read from it")
                        : change;
            case CONSTANT, STATIC_INITIALISER -> initialised(change);
            default -> change;
        };
    }

    private Change addedMethod(Change change) {
        return isHook(after, change.member())
                ? with(
                        change,
                        Verdict.NEEDS_CALLBACK,
                        "serialisation looks for it in the class and would never call it")
                : change;
    }

    private Change access(Change change) {
        if (!PRIVATE_HOOKS.contains(change.member())) {
            return change;
        }
        return isHook(after, change.member())
                ? with(
                        change,
                        Verdict.NEEDS_CALLBACK,
                        "serialisation calls private ones only, so never this one")
                : with(change, Verdict.DONE_WITH_CARE, "serialisation still calls it");
    }

    private Change addedField(Change change) {
        if (change.member().equals("serialVersionUID")) {
            return with(
                    change,
                    Verdict.DONE_WITH_CARE,
                    "streams keep the number that is computed of the class");
        }
        if (change.member().equals("serialPersistentFields")) {
            return with(
                    change,
                    Verdict.NEEDS_CALLBACK,
                    "serialisation looks for it in the class and would never read it");
        }
        return isWritten(after, change.member())
                ? with(
                        change,
                        Verdict.DONE_WITH_CARE,
                        "it is not in the serialised form, and not read from it")
                : change;
    }

    private static Change initialised(Change change) {
        boolean described = change.member().equals("serialVersionUID")
                || change.member().equals("serialPersistentFields");
        return described && change.verdict() == Verdict.DONE
                ? with(change, Verdict.DONE_WITH_CARE, "serialisation goes by the old value")
                : change;
    }

    private static Change with(Change change, Verdict verdict, String reason) {
        return new Change(
                change.target(),
                change.className(),
                change.member(),
                change.kind(),
                verdict,
                change.taken(),
                change.reason() + "; " + reason);
    }

    private static boolean isHook(ClassNode type, String member) {
        if (!HOOKS.contains(member)) {
            return false;
        }
        int end = member.indexOf('(');
        MethodNode method =
                ClassFiles.method(type, member.substring(0, end), member.substring(end));
        return method != null
                && !ClassFiles.has(method.access, Opcodes.ACC_STATIC)
                && (!PRIVATE_HOOKS.contains(member)
                        || ClassFiles.has(method.access, Opcodes.ACC_PRIVATE));
    }

    private static boolean isWritten(ClassNode type, String name) {
        for (FieldNode field : type.fields) {
            if (field.name.equals(name)
                    && !ClassFiles.has(field.access, Opcodes.ACC_STATIC | Opcodes.ACC_TRANSIENT)) {
                return true;
            }
        }
        return false;
    }

    /** Whether it is, or has a supertype that nobody knows. Records and enums have their own form. */
    private boolean mayBeSerializable() throws BuildProblem {
        if ("java/lang/Record".equals(before.superName)
                || "java/lang/Enum".equals(before.superName)) {
            return false;
        }
        Deque<String> open = new ArrayDeque<>(before.interfaces);
        open.add(before.superName == null ? "java/lang/Object" : before.superName);
        Set<String> seen = new HashSet<>();
        while (!open.isEmpty()) {
            String at = open.remove();
            if (at.equals(MARK)) {
                return true;
            }
            if (seen.add(at)) {
                ClassNode type = world.before(at);
                if (type == null) {
                    return true;
                }
                open.addAll(type.interfaces);
                if (type.superName != null) {
                    open.add(type.superName);
                }
            }
        }
        return false;
    }
}
