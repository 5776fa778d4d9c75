package dev.jlp.weaver;

import dev.jlp.bridge.JlpDispatch;
import dev.jlp.bridge.JlpThread;
import dev.jlp.bridge.JlpThreadIds;
import dev.jlp.bridge.JlpTransition;
import dev.jlp.patch.MethodId;

import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The JDK's methods that an entry runs through before it knows that it is inside an entry: if one of
 * them were armed, every call of it would call it again. Computed from the bridge's own class files.
 */
public final class PatchingPath {

    private static final int DEPTH_MAX = 6;

    /** How the JVM carries out a call of a VarHandle or MethodHandle is not in any class file. */
    private static final String INVOKE = "java/lang/invoke/";

    private static final String VAR_HANDLE = INVOKE + "VarHandle";

    /** The JDK's classes for kinds of variables and of access to them, one of each behind every call. */
    private static final List<String> VARIABLES = List.of(
            "Booleans",
            "Bytes",
            "Chars",
            "Shorts",
            "Ints",
            "Longs",
            "Floats",
            "Doubles",
            "Objects",
            "References");

    private static final List<String> ACCESSES = List.of(
            "$Array",
            "$FieldInstanceReadOnly",
            "$FieldInstanceReadWrite",
            "$FieldStaticReadOnly",
            "$FieldStaticReadWrite");

    /** What runs before {@code JlpThread.walking} is set; behind it an entry answers at once. */
    private static final Set<String> BEFORE_THE_WALK = Set.of(
            "enter",
            "outcome",
            "currentOrNull",
            "current",
            "choose",
            "universe",
            "of",
            "id",
            "<init>");

    /** Computed once, at the first patch of a JDK class. */
    private static volatile @Nullable Set<String> methods;

    private PatchingPath() {}

    /** Whether an entry runs through this method before it can know that it is inside an entry. */
    public static boolean contains(String className, MethodId method) {
        if (!className.startsWith("java/")
                && !className.startsWith("jdk/")
                && !className.startsWith("sun/")) {
            return false;
        }
        if (className.startsWith(INVOKE)) {
            return true;
        }
        Set<String> known = methods;
        if (known == null) {
            known = compute();
            methods = known;
        }
        return known.contains(className + "." + method);
    }

    private static Set<String> compute() {
        Set<String> found = new HashSet<>();
        Map<String, @Nullable ClassNode> parsed = new HashMap<>();
        ArrayDeque<Step> open = new ArrayDeque<>();
        for (Class<?> bridge : new Class<?>[] {
            JlpDispatch.class, JlpThread.class, JlpThreadIds.class, JlpTransition.class
        }) {
            ClassNode type = parse(bridge.getName().replace('.', '/'), parsed);
            if (type != null) {
                type.methods.stream()
                        .filter(method -> BEFORE_THE_WALK.contains(method.name))
                        .forEach(method -> addCalls(method, 0, open, parsed));
            }
        }
        while (!open.isEmpty()) {
            Step step = open.remove();
            String key = step.owner() + "." + step.method();
            if (step.depth() < DEPTH_MAX && found.add(key)) {
                ClassNode type = parse(step.owner(), parsed);
                if (type != null) {
                    type.methods.stream()
                            .filter(method ->
                                    step.method().equals(new MethodId(method.name, method.desc)))
                            .forEach(method -> addCalls(method, step.depth() + 1, open, parsed));
                }
            }
        }
        return found;
    }

    private static void addCalls(
            MethodNode method,
            int depth,
            ArrayDeque<Step> open,
            Map<String, @Nullable ClassNode> parsed) {
        for (AbstractInsnNode each : method.instructions) {
            if (each instanceof MethodInsnNode call && !call.owner.startsWith("[")) {
                open.add(new Step(call.owner, new MethodId(call.name, call.desc), depth));
                if (call.owner.equals(VAR_HANDLE)) {
                    addBehind(call.name, depth + 1, open, parsed);
                }
            }
        }
    }

    /** What an access runs through outside its package, whatever the variable is. */
    private static void addBehind(
            String access,
            int depth,
            ArrayDeque<Step> open,
            Map<String, @Nullable ClassNode> parsed) {
        for (String variable : VARIABLES) {
            for (String kind : ACCESSES) {
                ClassNode type = parse(VAR_HANDLE + variable + kind, parsed);
                if (type != null) {
                    type.methods.stream()
                            .filter(method -> method.name.equals(access))
                            .flatMap(method -> Arrays.stream(method.instructions.toArray()))
                            .filter(each -> each instanceof MethodInsnNode)
                            .map(each -> (MethodInsnNode) each)
                            .filter(call -> !call.owner.startsWith("["))
                            .forEach(call -> open.add(new Step(
                                    call.owner, new MethodId(call.name, call.desc), depth)));
                }
            }
        }
    }

    private static @Nullable ClassNode parse(String name, Map<String, @Nullable ClassNode> parsed) {
        if (parsed.containsKey(name)) {
            return parsed.get(name);
        }
        ClassNode type = null;
        try (InputStream in = in(name)) {
            if (in != null) {
                type = new ClassNode();
                new ClassReader(in).accept(type, ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
            }
        } catch (IOException unreadable) {
            type = null;
        }
        parsed.put(name, type);
        return type;
    }

    /** The bridge's class files lie in our jar, also where its classes are members of java.lang. */
    private static @Nullable InputStream in(String name) {
        InputStream ours = PatchingPath.class.getResourceAsStream("/" + name + ".class");
        return ours != null ? ours : Object.class.getResourceAsStream("/" + name + ".class");
    }

    private record Step(String owner, MethodId method, int depth) {}
}
