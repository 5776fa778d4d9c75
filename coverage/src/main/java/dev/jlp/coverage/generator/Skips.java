package dev.jlp.coverage.generator;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** What is never called, by rule: whatever could reach beyond the JVM, or would not come back. */
final class Skips {

    private static final Set<String> METHODS = Set.of(
            "main", "wait", "notify", "notifyAll", "getClass", "finalize", "hashCode", "close");

    private static final Pattern EFFECTS = Pattern.compile(
            "(?i).*(exit|halt|exec(?!ut)|launch|spawn|fork|kill|delete|mkdir|rename|unlink|unzip|untar|extractall"
                    + "|connect|listen|bind|socket|resolvehost|lookuphost|download|upload|sleep|await|join|lock"
                    + "|acquire|random|currenttime|nanotime|timestamp|uuid|hostname|sysprop|setsystem|loadlibrary"
                    + "|tempfile|temporaryfile|writefile|writetofile|tofile|copyfile|movefile|openfile).*");

    private static final Pattern CLASSES = Pattern.compile(
            "(?i).*(socket|server|connector|thread|executor|scheduler|process|launcher|daemon|driver|main|tempfile"
                    + "|random|clock|stopwatch|timer|eventloop|selector|channel|datasource|jmx|mbean|native|unsafe"
                    + "|classloader|watchdog|poller|shutdown|console|swing|awt|applet|dialog).*");

    /** Types of the JDK whose values reach beyond the JVM. */
    private static final List<String> OUTSIDE = List.of(
            "java.io.File",
            "java.io.RandomAccessFile",
            "java.net.",
            "java.nio.file.",
            "java.nio.channels.",
            "java.lang.Process",
            "java.lang.Thread",
            "java.lang.ClassLoader",
            "java.util.concurrent.",
            "java.sql.",
            "javax.sql.",
            "javax.net.",
            "javax.naming.",
            "java.awt.",
            "javax.swing.");

    private Skips() {}

    /** Why nothing of a class is called; nothing if it may be. */
    static @Nullable String reason(Class<?> type) {
        String name = type.getName();
        String own = name.substring(name.lastIndexOf('.') + 1);
        if (CLASSES.matcher(own).matches()) {
            return "class that may reach beyond the JVM, by its name";
        }
        return Throwable.class.isAssignableFrom(type) ? "class of what is thrown" : null;
    }

    /** Why a member is not called; nothing if it may be. */
    static @Nullable String reason(Member member) {
        if (METHODS.contains(member.name())) {
            return "method that is not called by rule, as 'main' or 'close'";
        }
        if (EFFECTS.matcher(member.name()).matches()) {
            return "method that may reach beyond the JVM or wait, by its name";
        }
        for (Class<?> parameter : member.parameters()) {
            if (isOutside(parameter)) {
                return "parameter that reaches beyond the JVM: " + parameter.getName();
            }
        }
        return isOutside(member.result())
                ? "result that reaches beyond the JVM: " + member.result().getName()
                : null;
    }

    private static boolean isOutside(Class<?> type) {
        String name = type.getName();
        return !name.equals("java.net.URI") && OUTSIDE.stream().anyMatch(name::startsWith);
    }
}
