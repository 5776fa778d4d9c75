package dev.jlp.builder;

import dev.jlp.patch.PatchFile;
import dev.jlp.patch.Version;
import dev.jlp.weaver.WeavingProblem;

import org.objectweb.asm.ClassReader;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Whether two jars are two releases of one artifact whose classes can be read, before anything is compared. */
final class InputCheck {

    private static final int SHORT_NAME = 2;
    private static final Pattern VERSION_IN_NAME = Pattern.compile(
            ".*?[-:]([0-9]{1,9}(?:[.][0-9]{1,9}){0,7})(?:[.-][A-Za-z].*)?(?:[.]jar)?");

    private static final Pattern VERSION =
            Pattern.compile("([0-9]{1,9}(?:[.][0-9]{1,9}){0,7})(?:[^0-9.].*)?");

    private InputCheck() {}

    /**
     * Refuses jars that can't be compared.
     *
     * @return what people should know of them, a sentence each
     */
    static List<String> check(Release original, Release fixed) throws BuildProblem {
        checkNames(original);
        checkNames(fixed);
        CommonNames.checkClasses(original, fixed);
        for (String name : original.classes().keySet()) {
            byte[] before = original.bytes(name);
            byte[] after = fixed.classes().getOrDefault(name, before);
            if (!Arrays.equals(before, after)) {
                checkReadable(original, name, before);
                checkReadable(fixed, name, after);
            }
        }
        for (String name : fixed.classes().keySet()) {
            if (!original.classes().containsKey(name)) {
                checkReadable(fixed, name, fixed.bytes(name));
            }
        }
        CommonNames.checkMembers(original, fixed);
        List<String> notes = new ArrayList<>();
        noteDowngrade(original, fixed, notes);
        noteSignature(original, notes);
        noteShortNames(original, fixed, notes);
        noteModule(original, fixed, notes);
        return notes;
    }

    /** Refuses originals whose common classes are not one and the same; tells shared packages. */
    static List<String> checkTogether(List<Release> originals, List<Release> fixes)
            throws BuildProblem {
        List<String> notes = new ArrayList<>();
        Map<String, Release> classes = new TreeMap<>();
        Map<String, Release> packages = new TreeMap<>();
        for (Release jar : originals) {
            for (String name : jar.classes().keySet()) {
                Release other = classes.putIfAbsent(name, jar);
                if (other != null && !isSameInAll(name, originals, fixes)) {
                    throw new BuildProblem("'" + dotted(name) + "' is in '" + other.label()
                            + "' and in '" + jar.label()
                            + "': a patch can't tell which of them is meant");
                }
            }
            for (String name : new TreeSet<>(
                    jar.classes().keySet().stream().map(ClassFiles::packageOf).toList())) {
                Release other = packages.putIfAbsent(name, jar);
                if (other != null) {
                    notes.add("the package '" + dotted(name) + "' is in '" + other.label()
                            + "' and in '" + jar.label() + "': what is private to it is shared"
                            + " only if one loader defines both");
                }
            }
        }
        return notes;
    }

    /** A class that several jars carry along, such as one that was shaded in, and nobody changes. */
    private static boolean isSameInAll(String name, List<Release> originals, List<Release> fixes) {
        return Stream.concat(originals.stream(), fixes.stream())
                        .map(jar -> jar.classes().get(name))
                        .filter(Objects::nonNull)
                        .map(PatchFile::digest)
                        .distinct()
                        .count()
                == 1;
    }

    private static void checkNames(Release jar) throws BuildProblem {
        for (Map.Entry<String, byte[]> type : jar.classes().entrySet()) {
            byte[] bytes = type.getValue();
            requireReadable(jar, type.getKey(), bytes);
            String name;
            try {
                name = new ClassReader(bytes).getClassName();
            } catch (IllegalArgumentException | IndexOutOfBoundsException broken) {
                throw new BuildProblem(
                        "the class '" + dotted(type.getKey()) + "' of '" + jar.label()
                                + "' can't be read: " + broken,
                        broken);
            }
            if (!name.equals(type.getKey())) {
                boolean nested = type.getKey().endsWith("/" + name);
                throw new BuildProblem("'" + jar.label() + "' has the class '" + dotted(name)
                        + "' in the place of '" + dotted(type.getKey()) + "'"
                        + (nested
                                ? ": an application with its libraries inside is no target,"
                                        + " the library's own jar is"
                                : ""));
            }
        }
    }

    private static void requireReadable(Release jar, String name, byte[] bytes)
            throws BuildProblem {
        try {
            dev.jlp.weaver.ClassFiles.requireReadable(bytes);
        } catch (WeavingProblem unreadable) {
            throw new BuildProblem(
                    "the class '" + dotted(name) + "' of '" + jar.label() + "' can't be read: "
                            + unreadable.getMessage(),
                    unreadable);
        }
    }

    /** What the JVM would refuse, too, but the reader here would take for a name. */
    private static void checkReadable(Release jar, String name, byte[] bytes) throws BuildProblem {
        ClassReader reader = new ClassReader(bytes);
        for (int i = 1; i < reader.getItemCount(); i++) {
            int at = reader.getItem(i);
            if (at > 0 && bytes[at - 1] == 1) {
                try (DataInputStream text = new DataInputStream(
                        new ByteArrayInputStream(bytes, at, bytes.length - at))) {
                    text.readUTF();
                } catch (IOException garbled) {
                    throw new BuildProblem(
                            "the class '" + dotted(name) + "' of '" + jar.label()
                                    + "' can't be read: a name or text in it is not UTF-8",
                            garbled);
                }
            }
        }
        ClassFiles.requireSound(bytes, "'" + dotted(name) + "' of '" + jar.label() + "'");
    }

    private static void noteDowngrade(Release original, Release fixed, List<String> notes) {
        String before = version(original);
        String after = version(fixed);
        if (!before.isEmpty()
                && !after.isEmpty()
                && new Version(after).compareTo(new Version(before)) < 0) {
            notes.add("a downgrade: '" + fixed.label() + "' (" + after + ") is older than '"
                    + original.label() + "' (" + before + "); were the two exchanged?");
        }
    }

    /** By the label; if that says none, by the manifest. */
    private static String version(Release jar) {
        Matcher named = VERSION_IN_NAME.matcher(jar.label());
        if (named.matches()) {
            return named.group(1);
        }
        Matcher told = VERSION.matcher(jar.traits().version());
        return told.matches() ? told.group(1) : "";
    }

    private static void noteSignature(Release original, List<String> notes) {
        if (original.traits().signed()) {
            notes.add("'" + original.label() + "' is signed: its signature does not cover the"
                    + " patch, whose classes count as signed like those beside them");
        }
    }

    private static void noteShortNames(Release original, Release fixed, List<String> notes) {
        if (isObfuscated(original) && isObfuscated(fixed)) {
            notes.add("most classes of '" + original.label() + "' and '" + fixed.label()
                    + "' have names of one or two letters: if they are obfuscated, the same name"
                    + " means the same class only if both were made with one mapping");
        }
    }

    private static boolean isObfuscated(Release jar) {
        long count = jar.classes().keySet().stream()
                .filter(name -> name.indexOf('$') < 0)
                .filter(name -> name.length() - name.lastIndexOf('/') - 1 <= SHORT_NAME)
                .count();
        return count > 20 && count * 2 > jar.classes().size();
    }

    private static void noteModule(Release original, Release fixed, List<String> notes) {
        List<String> before = original.traits().module();
        List<String> after = fixed.traits().module();
        List<String> changed = new ArrayList<>();
        after.stream()
                .filter(line -> !before.contains(line))
                .forEach(line -> changed.add("now '" + line + "'"));
        before.stream()
                .filter(line -> !after.contains(line))
                .forEach(line -> changed.add("no longer '" + line + "'"));
        if (!changed.isEmpty()) {
            notes.add("the module of '" + original.label() + "' stays as it was: in the fixed"
                    + " release " + String.join(", ", changed));
        }
    }

    private static String dotted(String name) {
        return name.replace('/', '.');
    }
}
