package dev.jlp.runtime;

import dev.jlp.patch.AddedClass;
import dev.jlp.patch.ClassPatch;
import dev.jlp.patch.Link;
import dev.jlp.patch.Patch;
import dev.jlp.patch.Target;
import dev.jlp.weaver.ClassView;
import dev.jlp.weaver.WeavingProblem;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.security.ProtectionDomain;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Targets of a patch whose code names classes that it adds to another of them, and the loaders in which those
 * are defined then: a library has its classes in one loader, whichever class asks for it first.
 */
final class TargetOrder {

    /** In the names of classes that the builder made; each is below {@code Object} alone. */
    private static final String MADE = "$jlp$";

    private final List<Target> targets;
    private final Map<String, List<Target>> needs = new HashMap<>();

    /** By target the supertypes of its added classes. */
    private final Map<String, Set<String>> above = new HashMap<>();

    /** Names of the classes that the patch adds. */
    private final Set<String> addedNames = new HashSet<>();

    private TargetOrder(Patch patch) {
        targets = patch.targets();
        for (Target target : patch.targets()) {
            List<Target> needed = new ArrayList<>();
            for (Target other : patch.targets()) {
                if (!isSame(other, target) && names(target, other)) {
                    needed.add(other);
                }
            }
            needs.put(target.name(), needed);
            above.put(target.name(), above(target));
            target.added().forEach(type -> addedNames.add(type.name()));
        }
    }

    static TargetOrder of(Patch patch) {
        return new TargetOrder(patch);
    }

    private static boolean isSame(Target one, Target other) {
        return one.name().equals(other.name());
    }

    private static boolean names(Target target, Target other) {
        Set<String> added =
                other.added().stream().map(AddedClass::name).collect(Collectors.toSet());
        for (ClassPatch type : target.classes()) {
            boolean links = type.methods().stream()
                    .flatMap(method -> method.links().stream())
                    .map(Link::owner)
                    .anyMatch(added::contains);
            if (links) {
                return true;
            }
        }
        for (AddedClass type : target.added()) {
            String text = new String(type.bytes(), StandardCharsets.ISO_8859_1);
            if (added.stream().anyMatch(text::contains)) {
                return true;
            }
        }
        return false;
    }

    /**
     * Whether code of the target may need an added class below one that the patch changes and that the loader
     * has not defined yet. To define it would load that one below a transformer, past all of them, or a second
     * time if it is the very class that arrives.
     */
    boolean isAwaiting(Target target, @Nullable ClassLoader loader, Set<String> changed) {
        return loader != null
                && upTo(target).stream()
                        .flatMap(each -> above.getOrDefault(each.name(), Set.of()).stream())
                        .anyMatch(name -> changed.contains(name)
                                && !isAdded(name)
                                && !AddedClasses.isLoaded(loader, name));
    }

    /** Whether a patch defines the class, which an earlier one may have defined before. */
    boolean isAdded(String name) {
        return addedNames.contains(name);
    }

    private static Set<String> above(Target target) {
        Set<String> above = new HashSet<>();
        for (AddedClass added : target.added()) {
            try {
                above.addAll(ClassView.of(added.bytes()).supertypes());
            } catch (WeavingProblem unreadable) {
                throw new IllegalStateException(
                        "an artifact's class file: " + unreadable, unreadable);
            }
        }
        return above;
    }

    /** All targets, each behind those whose added classes it names, as far as they do not name each other. */
    List<Target> ordered() {
        List<Target> ordered = new ArrayList<>();
        Set<String> begun = new HashSet<>();
        targets.forEach(target -> addTo(ordered, begun, target));
        return ordered;
    }

    private List<Target> upTo(Target target) {
        List<Target> ordered = new ArrayList<>();
        addTo(ordered, new HashSet<>(), target);
        return ordered;
    }

    private void addTo(List<Target> ordered, Set<String> begun, Target target) {
        if (begun.add(target.name())) {
            needs.getOrDefault(target.name(), List.of())
                    .forEach(other -> addTo(ordered, begun, other));
            ordered.add(target);
        }
    }

    /** Added classes that code of a target finds in a loader: its own, and those of libraries seen from there. */
    List<AddedClass> found(Target target, @Nullable ClassLoader loader) {
        List<AddedClass> found = new ArrayList<>();
        for (Target each : upTo(target)) {
            if (isSame(each, target) || isSeen(each, loader)) {
                found.addAll(each.added());
            }
        }
        return found;
    }

    /** A library without a changed class is never met by itself: it counts only where its classes would be defined. */
    private static boolean isSeen(Target target, @Nullable ClassLoader loader) {
        return target.classes().isEmpty()
                ? loader != null && isHome(target, loader)
                : Examiner.onDisk(loader, target.classes().get(0).name()) != null;
    }

    /**
     * A class by which the original library is known in a loader: one that changes, or one beside which the
     * builder made another; null if the patch names neither.
     */
    private static @Nullable String landmark(Target target) {
        if (!target.classes().isEmpty()) {
            return target.classes().get(0).name();
        }
        Set<String> added =
                target.added().stream().map(AddedClass::name).collect(Collectors.toSet());
        return added.stream()
                .filter(name -> name.contains(MADE))
                .map(name -> name.substring(0, name.indexOf(MADE)))
                .filter(name -> !added.contains(name))
                .findFirst()
                .orElse(null);
    }

    /**
     * Defines what code of a target needs in its loader. What belongs to another library is defined with that
     * library's first class, or here if this is its loader.
     */
    void define(Target target, @Nullable ClassLoader loader, @Nullable ProtectionDomain domain) {
        define(target, loader, domain, added -> true, added -> true, AddedClass::bytes);
    }

    /**
     * The same below a transformer. A class that is loaded there passes none, so of another library only
     * classes are defined that have no superclass in it. Where the one that arrives is added itself, so are the
     * others beside it, by whoever defines it.
     *
     * @param arriving its name
     * @param bodies class files of added classes as the patches in force have them
     */
    void defineArriving(
            Target target,
            String arriving,
            @Nullable ClassLoader loader,
            @Nullable ProtectionDomain domain,
            Function<AddedClass, byte[]> bodies) {
        Predicate<AddedClass> byBuilder = added -> added.name().contains(MADE);
        Predicate<AddedClass> ofTarget = isAdded(arriving) ? byBuilder : added -> true;
        define(target, loader, domain, ofTarget, byBuilder, bodies);
    }

    private void define(
            Target target,
            @Nullable ClassLoader loader,
            @Nullable ProtectionDomain domain,
            Predicate<AddedClass> ofTarget,
            Predicate<AddedClass> ofOthers,
            Function<AddedClass, byte[]> bodies) {
        for (Target each : upTo(target)) {
            boolean own = isSame(each, target);
            if (own || (loader != null && isHome(each, loader))) {
                for (AddedClass added : each.added()) {
                    if ((own ? ofTarget : ofOthers).test(added)) {
                        AddedClasses.define(added, loader, domain, bodies);
                    }
                }
            }
        }
    }

    /** Whether a library's classes would be defined in the loader; false if asking could run others' code. */
    private static boolean isHome(Target target, ClassLoader loader) {
        String landmark = landmark(target);
        if (landmark == null || !ArrivingLinkage.readsFilesOnly(loader)) {
            return false;
        }
        String file = landmark + ".class";
        ClassLoader parent = loader.getParent();
        return loader.getResource(file) != null
                && (parent == null || parent.getResource(file) == null);
    }
}
