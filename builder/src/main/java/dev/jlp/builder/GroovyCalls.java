package dev.jlp.builder;

import dev.jlp.builder.Change.Kind;
import dev.jlp.builder.Change.Verdict;

import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.InvokeDynamicInsnNode;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Calls that Groovy looks up by name while it runs, in the class as it is there: what a patch adds elsewhere they never
 * find, and what it can't remove they still find. The receiver's class is not known before, so the name alone decides.
 */
final class GroovyCalls {

    private static final byte[] RUNTIME = "org/codehaus/groovy/".getBytes(StandardCharsets.UTF_8);
    private static final String CLOSURE = "groovy/lang/Closure";
    private static final String NEW = "new ";

    /** A name, and a method with such a call. */
    private final SortedMap<String, String> names = new TreeMap<>();

    private GroovyCalls() {}

    /** Corrects the verdicts of what such calls of the fixed releases would see otherwise. */
    static void judge(Iterable<TargetDiff> targets, World world) throws BuildProblem {
        GroovyCalls calls = new GroovyCalls();
        for (Map.Entry<String, byte[]> type : world.fixedClasses().entrySet()) {
            if (Bytes.contains(type.getValue(), RUNTIME)) {
                calls.read(ClassFiles.parse(type.getValue(), type.getKey()));
            }
        }
        if (calls.names.isEmpty()) {
            return;
        }
        for (TargetDiff target : targets) {
            target.classes().values().forEach(diff -> diff.judgeAgain(calls::judge));
        }
    }

    /** The arguments that a closure takes, empty for any other class: its caller looks for such a method. */
    static String closureArguments(ClassNode type) {
        StringBuilder arguments = new StringBuilder();
        if (CLOSURE.equals(type.superName)) {
            type.methods.stream()
                    .filter(method -> method.name.equals("doCall"))
                    .map(method -> method.desc)
                    .sorted()
                    .forEach(arguments::append);
        }
        return arguments.toString();
    }

    private void read(ClassNode type) {
        for (MethodNode method : type.methods) {
            boolean all = method.name.startsWith("$createCallSiteArray");
            boolean makes = all;
            for (AbstractInsnNode node : method.instructions) {
                if (node instanceof InvokeDynamicInsnNode call
                        && call.bsm.getOwner().startsWith("org/codehaus/groovy/vmplugin/")) {
                    makes |= call.name.equals("init");
                    if (call.bsmArgs.length > 0 && call.bsmArgs[0] instanceof String name) {
                        add(name, type, method);
                    }
                } else if (node instanceof MethodInsnNode call) {
                    all |= takesName(call);
                    makes |= call.name.equals("callConstructor");
                }
            }
            constants(type, method, all, makes);
        }
    }

    /** Whether a method of Groovy's runtime is told by a string what to look for. */
    private static boolean takesName(MethodInsnNode call) {
        return call.owner.equals("org/codehaus/groovy/runtime/MethodClosure")
                || ((call.owner.equals("org/codehaus/groovy/runtime/ScriptBytecodeAdapter")
                                || call.owner.equals("org/codehaus/groovy/runtime/InvokerHelper"))
                        && call.name.matches(".*(invoke|Property|Field|Attribute|Pointer).*"));
    }

    private void constants(ClassNode type, MethodNode method, boolean all, boolean makes) {
        for (AbstractInsnNode node : method.instructions) {
            if (node instanceof LdcInsnNode load) {
                if (all && load.cst instanceof String name) {
                    add(name, type, method);
                } else if (makes && load.cst instanceof Type made) {
                    add(NEW + made.getInternalName(), type, method);
                }
            }
        }
    }

    private void add(String name, ClassNode type, MethodNode method) {
        names.putIfAbsent(name, Homes.dotted(type.name) + "." + method.name);
    }

    private Change judge(Change change) {
        boolean added = change.kind() == Kind.ADDED_METHOD || change.kind() == Kind.ADDED_FIELD;
        boolean removed = change.kind() == Kind.REMOVED_METHOD;
        String caller = added || removed ? caller(change) : null;
        if (caller == null || change.verdict() == Verdict.REFUSED) {
            return change;
        }
        return new Change(
                change.target(),
                change.className(),
                change.member(),
                change.kind(),
                added ? Verdict.REFUSED : Verdict.DONE_WITH_CARE,
                change.taken(),
                added
                        ? "it is added, and '" + caller
                                + "' has a dynamic Groovy call or access by that"
                                + " name, which looks in the class and would not find it; one that"
                                + " is compiled with @CompileStatic would"
                        : change.reason() + ", but dynamic Groovy calls by its name still find it");
    }

    /** A method that looks for this member by its name or that of its property; null if none does. */
    private @Nullable String caller(Change change) {
        int end = change.member().indexOf('(');
        String name = end < 0 ? change.member() : change.member().substring(0, end);
        if (name.equals("<init>")) {
            return names.get(NEW + change.className());
        }
        String caller = names.get(name);
        for (String prefix : new String[] {"get", "is", "set"}) {
            if (caller == null && name.startsWith(prefix) && name.length() > prefix.length()) {
                String rest = name.substring(prefix.length());
                caller = names.get(
                        rest.substring(0, 1).toLowerCase(Locale.ROOT) + rest.substring(1));
            }
        }
        return caller;
    }
}
