package dev.jlp.builder;

import dev.jlp.patch.MethodId;
import dev.jlp.patch.PatchFile;
import dev.jlp.weaver.Fingerprints;

import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.commons.ClassRemapper;
import org.objectweb.asm.commons.Remapper;
import org.objectweb.asm.commons.SimpleRemapper;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FieldNode;
import org.objectweb.asm.tree.InnerClassNode;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Which class of the fixed release is which one of the original. Names tell, but for classes that the compiler
 * numbered: one more anonymous class shifts the numbers of all behind it, and an object of the one must never run
 * the code of another. Those are matched by content, then by where they stand and what they are; the rest are new
 * classes under a name of their own. So is a class that nobody outside can name and whose kind or supertypes a JVM
 * can't change: its objects stay what they are, new ones are of the new class.
 */
final class ClassMatching {

    private final Release original;
    private final Release fixed;
    private final Map<String, String> names = new HashMap<>();
    private final Map<String, ClassNode> parsed = new HashMap<>();

    private ClassMatching(Release original, Release fixed) {
        this.original = original;
        this.fixed = fixed;
    }

    /** The fixed release with the original's names. */
    static Release named(Release original, Release fixed, World world) throws BuildProblem {
        ClassMatching matching = new ClassMatching(original, fixed);
        matching.matchNumbered();
        matching.replaceHidden(world);
        return matching.rename();
    }

    private void matchNumbered() throws BuildProblem {
        SortedMap<String, List<String>> groups = new TreeMap<>();
        for (String name : fixed.classes().keySet()) {
            NumberedClass numbered = NumberedClass.of(name);
            if (numbered != null) {
                groups.computeIfAbsent(numbered.prefix(), none -> new ArrayList<>())
                        .add(name);
            }
        }
        // An outer class before those in it: its name is part of theirs.
        List<String> prefixes = new ArrayList<>(groups.keySet());
        prefixes.sort((a, b) -> Integer.compare(a.length(), b.length()));
        for (String prefix : prefixes) {
            List<String> after = groups.getOrDefault(prefix, List.of());
            after.sort(NumberedClass.BY_NUMBER);
            String owner = NumberedClass.owner(prefix);
            String mapped = names.getOrDefault(owner, owner) + prefix.substring(owner.length());
            match(after, numbered(mapped), mapped);
        }
    }

    private List<String> numbered(String prefix) {
        List<String> found = new ArrayList<>();
        for (String name : original.classes().tailMap(prefix).keySet()) {
            if (!name.startsWith(prefix)) {
                break;
            }
            NumberedClass numbered = NumberedClass.of(name);
            if (numbered != null && numbered.prefix().equals(prefix)) {
                found.add(name);
            }
        }
        found.sort(NumberedClass.BY_NUMBER);
        return found;
    }

    private void match(List<String> after, List<String> before, String prefix) throws BuildProblem {
        if (isSame(after, before)) {
            return;
        }
        List<String> openAfter = new ArrayList<>(after);
        List<String> openBefore = new ArrayList<>(before);
        Map<String, String> contents = new HashMap<>();
        for (String name : after) {
            contents.put("after " + name, content(fixed, name));
        }
        for (String name : before) {
            contents.put("before " + name, content(original, name));
        }
        pair(openAfter, openBefore, (a, b) -> a.equals(b) && sameContent(contents, a, b));
        pair(openAfter, openBefore, (a, b) -> sameContent(contents, a, b));
        Map<String, List<String>> placesAfter = places(fixed, openAfter);
        Map<String, List<String>> placesBefore = places(original, openBefore);
        for (Map.Entry<String, List<String>> place : placesAfter.entrySet()) {
            List<String> there = placesBefore.getOrDefault(place.getKey(), List.of());
            if (there.size() == place.getValue().size()) {
                for (int i = 0; i < there.size(); i++) {
                    name(place.getValue().get(i), there.get(i));
                    openAfter.remove(place.getValue().get(i));
                }
            }
        }
        for (String added : openAfter) {
            if (original.classes().containsKey(added)) {
                name(added, fresh(added, prefix));
            }
        }
    }

    /** Nothing to be matched: the usual case. */
    private boolean isSame(List<String> after, List<String> before) {
        return after.equals(before)
                && after.stream()
                        .allMatch(name -> Arrays.equals(
                                original.classes().get(name), fixed.classes().get(name)));
    }

    private interface Alike {
        boolean test(String after, String before);
    }

    private void pair(List<String> after, List<String> before, Alike alike) {
        for (String a : List.copyOf(after)) {
            for (String b : List.copyOf(before)) {
                if (after.contains(a) && alike.test(a, b)) {
                    name(a, b);
                    after.remove(a);
                    before.remove(b);
                }
            }
        }
    }

    private void name(String after, String name) {
        if (!after.equals(name)) {
            names.put(after, name);
        }
    }

    private static boolean sameContent(Map<String, String> contents, String after, String before) {
        return Objects.equals(contents.get("after " + after), contents.get("before " + before));
    }

    /** Everything that has meaning, whatever the numbers of the classes around. */
    private String content(Release release, String name) throws BuildProblem {
        String outermost = outermost(name);
        ClassNode plain = new ClassNode();
        parse(release, name).accept(new ClassRemapper(plain, new Remapper(Opcodes.ASM9) {
            @Override
            public String map(String type) {
                return outermost(type).equals(outermost) && NumberedClass.of(type) != null
                        ? outermost + "$#"
                        : type;
            }
        }));
        StringBuilder text = new StringBuilder(place(plain, name));
        for (FieldNode field : plain.fields) {
            text.append(field.name).append(field.desc).append(field.value).append('\n');
        }
        for (Map.Entry<MethodId, String> method :
                new TreeMap<>(Fingerprints.ofMethods(plain)).entrySet()) {
            text.append(method.getKey()).append(method.getValue()).append('\n');
        }
        return text.toString();
    }

    private Map<String, List<String>> places(Release release, List<String> classes)
            throws BuildProblem {
        Map<String, List<String>> places = new TreeMap<>();
        for (String name : classes) {
            places.computeIfAbsent(place(parse(release, name), name), none -> new ArrayList<>())
                    .add(name);
        }
        return places;
    }

    /** Where a class stands and what it is. */
    private static String place(ClassNode type, String name) {
        NumberedClass numbered = NumberedClass.of(name);
        return (numbered == null ? "" : numbered.own())
                + ' '
                + type.outerMethod
                + type.outerMethodDesc
                + ' '
                + type.superName
                + ' '
                + type.interfaces
                + ' '
                + (type.access & Opcodes.ACC_SYNTHETIC)
                + ' '
                + GroovyCalls.closureArguments(type);
    }

    private String fresh(String name, String prefix) throws BuildProblem {
        String hash = PatchFile.digest(fixed.bytes(name)).substring(0, 8);
        NumberedClass numbered = NumberedClass.of(name);
        String rest = numbered == null ? name : numbered.number() + numbered.own();
        return prefix + rest + "x" + hash;
    }

    /** Classes that can't become what they are in the fixed release, and that only the release can name. */
    private void replaceHidden(World world) throws BuildProblem {
        boolean again = true;
        while (again) {
            again = false;
            for (String name : new TreeSet<>(fixed.classes().keySet())) {
                if (original.classes().containsKey(name)
                        && !names.containsKey(name)
                        && NumberedClass.of(name) == null
                        && !Arrays.equals(
                                original.classes().get(name), fixed.classes().get(name))
                        && isHidden(parse(fixed, name))
                        && isHidden(parse(original, name))
                        && cantBecome(parse(original, name), parse(fixed, name), world)) {
                    String prefix = name.substring(0, name.lastIndexOf('/') + 1);
                    String simple = name.substring(prefix.length());
                    String hash = PatchFile.digest(fixed.bytes(name)).substring(0, 8);
                    names.put(name, prefix + simple + "$x" + hash);
                    again = true;
                }
            }
        }
    }

    private static boolean isHidden(ClassNode type) {
        for (InnerClassNode inner : type.innerClasses) {
            if (inner.name.equals(type.name)) {
                return !ClassFiles.has(inner.access, Opcodes.ACC_PUBLIC | Opcodes.ACC_PROTECTED);
            }
        }
        return !ClassFiles.has(type.access, Opcodes.ACC_PUBLIC);
    }

    private boolean cantBecome(ClassNode before, ClassNode after, World world) throws BuildProblem {
        int kind = Opcodes.ACC_INTERFACE | Opcodes.ACC_ABSTRACT | Opcodes.ACC_ENUM;
        String above = after.superName;
        if (above != null) {
            above = names.getOrDefault(above, above);
        }
        boolean opened = ClassFiles.has(before.access & ~after.access, Opcodes.ACC_FINAL);
        if (opened
                || ((before.access ^ after.access) & kind) != 0
                || !Objects.equals(before.superName, above)) {
            return true;
        }
        for (String type : after.interfaces) {
            boolean ofRelease = fixed.classes().containsKey(type);
            if (!before.interfaces.contains(type)
                    && !ofRelease
                    && Adoptions.obstacle(world, type) != null) {
                return true;
            }
        }
        return false;
    }

    private Release rename() throws BuildProblem {
        if (names.isEmpty()) {
            return fixed;
        }
        SimpleRemapper remapper = new SimpleRemapper(Opcodes.ASM9, names);
        List<byte[]> words = new ArrayList<>();
        names.keySet().forEach(name -> words.add(name.getBytes(StandardCharsets.UTF_8)));
        SortedMap<String, byte[]> classes = new TreeMap<>();
        for (Map.Entry<String, byte[]> type : fixed.classes().entrySet()) {
            byte[] was = type.getValue();
            byte[] bytes = was;
            String name = names.getOrDefault(type.getKey(), type.getKey());
            if (words.stream().anyMatch(word -> Bytes.contains(was, word))) {
                ClassNode renamed = new ClassNode();
                ClassFiles.parse(bytes, type.getKey()).accept(new ClassRemapper(renamed, remapper));
                bytes = ClassFiles.write(renamed);
            }
            classes.put(name, bytes);
        }
        return fixed.with(classes);
    }

    private ClassNode parse(Release release, String name) throws BuildProblem {
        String key = release.sha256() + name;
        @Nullable ClassNode known = parsed.get(key);
        if (known == null) {
            known = release.parse(name);
            parsed.put(key, known);
        }
        return known;
    }

    private static String outermost(String name) {
        int dollar = name.indexOf('$', name.lastIndexOf('/') + 2);
        return dollar < 0 ? name : name.substring(0, dollar);
    }
}
