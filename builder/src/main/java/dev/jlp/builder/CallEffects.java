package dev.jlp.builder;

import org.objectweb.asm.tree.MethodInsnNode;

import java.util.Set;

/**
 * What is known about calls without looking at what is called. Everything else may change whatever
 * it gets.
 */
final class CallEffects {

    /** How sure it is that a value is changed. */
    enum Touch {
        NONE,
        POSSIBLE,
        CERTAIN
    }

    /** Types whose values have no state that an initialiser could set up. */
    private static final Set<String> VALUES = Set.of(
            "java/lang/String",
            "java/lang/Integer",
            "java/lang/Long",
            "java/lang/Short",
            "java/lang/Byte",
            "java/lang/Character",
            "java/lang/Boolean",
            "java/lang/Float",
            "java/lang/Double",
            "java/lang/Class",
            "java/lang/ClassLoader",
            "java/math/BigInteger",
            "java/math/BigDecimal",
            "java/net/URI",
            "java/net/URL",
            "java/nio/charset/Charset",
            "java/time/Duration",
            "java/time/Instant",
            "java/time/ZoneId",
            "java/time/format/DateTimeFormatter",
            "java/util/Locale",
            "java/util/UUID",
            "java/util/concurrent/TimeUnit",
            "java/util/regex/Pattern");

    /** Calls of collections that change nothing. */
    private static final Set<String> LOOKS = Set.of(
            "get",
            "getOrDefault",
            "getProperty",
            "contains",
            "containsKey",
            "containsValue",
            "containsAll",
            "isEmpty",
            "size",
            "length",
            "indexOf",
            "equals",
            "hashCode",
            "toString",
            "hasNext");

    /** Calls of collections that change the collection but not what is put into it. */
    private static final Set<String> PUTS = Set.of(
            "add",
            "addAll",
            "addElement",
            "addFirst",
            "addLast",
            "clear",
            "offer",
            "push",
            "put",
            "putAll",
            "putIfAbsent",
            "remove",
            "removeAll",
            "replace",
            "retainAll",
            "set",
            "setProperty");

    /** Static calls that only make something of their arguments. */
    private static final Set<String> MAKERS =
            Set.of("of", "copyOf", "asList", "entry", "ofEntries", "emptyList", "requireNonNull");

    private CallEffects() {}

    /** Whether values of a type hold nothing that could be changed through them. */
    static boolean isValue(String descriptor) {
        if (descriptor.length() == 1) {
            return true;
        }
        if (descriptor.charAt(0) != 'L') {
            return false;
        }
        String name = descriptor.substring(1, descriptor.length() - 1);
        return VALUES.contains(name) || name.endsWith("/Logger") || name.endsWith("/Log");
    }

    /** What a call does to the object whose method is called. */
    static Touch receiver(MethodInsnNode call) {
        boolean copied = call.name.equals("clone") && call.owner.startsWith("[");
        if (call.name.equals("<init>") || call.name.equals("getClass") || copied) {
            return Touch.NONE;
        }
        if (isCollection(call.owner)) {
            if (LOOKS.contains(call.name)) {
                return Touch.NONE;
            }
            if (PUTS.contains(call.name)) {
                return Touch.CERTAIN;
            }
        }
        return Touch.POSSIBLE;
    }

    /** What a call does to its arguments. */
    static Touch arguments(MethodInsnNode call) {
        boolean text = call.owner.equals("java/lang/StringBuilder")
                || call.owner.equals("java/lang/String")
                || call.owner.equals("java/lang/StringBuffer");
        boolean kept = isCollection(call.owner)
                && (call.name.equals("<init>")
                        || PUTS.contains(call.name)
                        || LOOKS.contains(call.name)
                        || MAKERS.contains(call.name));
        boolean viewed = call.owner.equals("java/util/Collections")
                && (call.name.startsWith("unmodifiable")
                        || call.name.startsWith("synchronized")
                        || call.name.startsWith("singleton"));
        return text || kept || viewed || call.owner.equals("java/util/Objects")
                ? Touch.NONE
                : Touch.POSSIBLE;
    }

    /** Whether a function that is passed is kept for later, and not run at once. */
    static boolean keepsFunctions(MethodInsnNode call) {
        return call.name.equals("<init>")
                || call.owner.equals("java/util/Comparator")
                || (call.owner.equals("java/lang/ThreadLocal") && call.name.equals("withInitial"))
                || call.name.equals("memoize");
    }

    /** Whether a call asks which class it is made from, which is another one in another place. */
    static boolean asksForCaller(MethodInsnNode call) {
        return (call.owner.equals("java/lang/invoke/MethodHandles") && call.name.equals("lookup"))
                || (call.owner.startsWith("java/util/concurrent/atomic/Atomic")
                        && call.name.equals("newUpdater"))
                || call.name.equals("getCallerClass");
    }

    /** Whether a call of the JDK makes a value or a collection and does nothing else. */
    static boolean makesOnly(MethodInsnNode call) {
        boolean made = call.name.equals("<init>")
                || MAKERS.contains(call.name)
                || call.name.equals("noneOf")
                || call.name.equals("valueOf")
                || call.owner.equals("java/util/Collections");
        boolean plain = isCollection(call.owner)
                || isValue("L" + call.owner + ";")
                || call.owner.equals("java/lang/Object")
                || call.owner.equals("java/lang/StringBuilder")
                || call.owner.equals("java/util/Collections")
                || call.owner.startsWith("java/util/concurrent/atomic/")
                || call.owner.startsWith("java/util/concurrent/locks/");
        return made && plain && call.owner.startsWith("java/");
    }

    private static boolean isCollection(String owner) {
        boolean plain = owner.startsWith("java/util/") && owner.lastIndexOf('/') == 9;
        return (plain || owner.startsWith("java/util/concurrent/C"))
                && (owner.endsWith("Map")
                        || owner.endsWith("Set")
                        || owner.endsWith("List")
                        || owner.endsWith("Collection")
                        || owner.endsWith("Queue")
                        || owner.endsWith("Deque")
                        || owner.endsWith("Vector")
                        || owner.endsWith("Stack")
                        || owner.endsWith("/Arrays")
                        || owner.endsWith("Hashtable")
                        || owner.endsWith("Properties")
                        || owner.endsWith("Iterator"));
    }
}
