package dev.jlp.runtime;

import dev.jlp.weaver.ClassView;
import dev.jlp.weaver.Weave;
import dev.jlp.weaver.Weaver;
import dev.jlp.weaver.WeavingProblem;
import dev.jlp.weaver.Woven;

import java.lang.instrument.ClassDefinition;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Gives classes that are there the bodies that the composition says, in one redefinition for all. Used by
 * the worker only, but for {@link #composition}.
 */
final class Bodies {

    private final ClassBytes classBytes;
    private final Instances instances;
    private final Guard guard;
    private final Displacements displacements;

    /** Written by the worker; read on other agents' threads as well, to name what they displaced. */
    private volatile Composition composition = Composition.EMPTY;

    Bodies(ClassBytes classBytes, Instances instances, Guard guard, Displacements displacements) {
        this.classBytes = classBytes;
        this.instances = instances;
        this.guard = guard;
        this.displacements = displacements;
    }

    Composition composition() {
        return composition;
    }

    void compose(Composition next) {
        composition = next;
    }

    /** Whether the JVM was told to give the class other bodies than the composition does now. */
    boolean isStale(PatchedClass type) {
        return type.type().isPresent()
                && !type.isStuck()
                && !type.now().weaves().equals(composition.weaves(type));
    }

    /**
     * Redefines those whose bodies are not as they should be; all or none. A class whose initialiser failed
     * while it had bodies of patches keeps them: nobody can make an instance of it or call its static methods.
     * One that has none yet refuses the rest, as it would at a load. So does one that can't be linked now: what it
     * lacks may come, and then it would run the wrong bodies.
     */
    void redefine(List<PatchedClass> some) throws ClassBytes.RedefinitionProblem {
        try {
            redefineOnce(some);
        } catch (ClassBytes.RedefinitionProblem refused) {
            if (!(refused.getCause() instanceof InternalError)) {
                throw refused;
            }
            if (!findStuck(some)) {
                throw refused.because(refusing(some));
            }
            redefine(some); // there may be one of the other kind; each is found stuck but once
        }
    }

    /** Those that the JVM does not redefine, each alone, as people name them. */
    private List<String> refusing(List<PatchedClass> some) {
        List<String> named = new ArrayList<>();
        for (PatchedClass type : some) {
            Class<?> defined = type.type().orElse(null);
            if (defined != null && !type.isStuck() && classBytes.isRefused(defined)) {
                named.add("class " + type.name().replace('/', '.') + " in loader '"
                        + type.loaderName() + "'");
            }
        }
        return named;
    }

    /** Whether there is a patched one among them of which it was not known. */
    private boolean findStuck(List<PatchedClass> some) {
        boolean found = false;
        for (PatchedClass type : some) {
            Class<?> defined = type.type().orElse(null);
            boolean patched = !type.isStuck() && !type.now().weaves().isEmpty();
            if (defined != null && patched && classBytes.hasFailed(defined)) {
                type.setStuck();
                found = true;
                Contained.say(
                        "the JVM redefines the class " + type.name().replace('/', '.')
                                + " in loader '" + type.loaderName()
                                + "' no more, as its static initialiser failed; it keeps the bodies that it has");
            }
        }
        return found;
    }

    private void redefineOnce(List<PatchedClass> some) throws ClassBytes.RedefinitionProblem {
        List<ClassDefinition> definitions = new ArrayList<>();
        Map<PatchedClass, List<Weave>> weaves = new HashMap<>();
        for (PatchedClass type : some) {
            Class<?> defined = type.type().orElse(null);
            List<Weave> next = composition.weaves(type);
            if (defined != null && !type.isStuck() && !isAlready(type, next)) {
                weaves.put(type, next);
                definitions.add(new ClassDefinition(defined, weave(type, defined, next)));
            }
        }
        if (!definitions.isEmpty()) {
            redefine(definitions, weaves);
        }
    }

    private void redefine(List<ClassDefinition> definitions, Map<PatchedClass, List<Weave>> weaves)
            throws ClassBytes.RedefinitionProblem {
        // Before: a retransformation by others in between must find what it has to put back.
        Map<PatchedClass, PatchedClass.Now> undo = new HashMap<>();
        weaves.forEach((type, next) -> {
            undo.put(type, type.now());
            type.setNow(PatchedClass.Now.unseen(next, composition.transition()));
        });
        guard.watch(instances.all());
        try {
            Map<Class<?>, byte[]> seen = classBytes.redefine(definitions);
            weaves.forEach((type, next) -> type.setNow(seen(seen, type, next)));
        } catch (ClassBytes.RedefinitionProblem refused) {
            undo.forEach(PatchedClass::setNow);
            throw refused;
        }
    }

    private boolean isAlready(PatchedClass type, List<Weave> next) {
        return type.now().weaves().equals(next)
                && next.stream().noneMatch(Weave::armed)
                && !displacements.contains(type);
    }

    /** The class; what it will call is in place when this returns. */
    private byte[] weave(PatchedClass type, Class<?> defined, List<Weave> weaves)
            throws ClassBytes.RedefinitionProblem {
        if (weaves.isEmpty()) {
            return type.base();
        }
        try {
            Woven woven = Weaver.weave(type.base(), weaves, composition.transition());
            Outlining.putInPlace(defined, woven.outlined());
            return woven.bytes();
        } catch (WeavingProblem impossible) {
            throw new IllegalStateException(String.valueOf(impossible.getMessage()), impossible);
        } catch (Outlining.OutliningProblem refused) {
            throw new ClassBytes.RedefinitionProblem(refused);
        }
    }

    private PatchedClass.Now seen(
            Map<Class<?>, byte[]> captured, PatchedClass type, List<Weave> weaves) {
        byte[] bytes = type.type().map(captured::get).orElse(null);
        try {
            return bytes == null
                    ? PatchedClass.Now.unseen(weaves, composition.transition())
                    : new PatchedClass.Now(
                            weaves,
                            composition.transition(),
                            bytes,
                            ClassView.of(bytes).fingerprints());
        } catch (WeavingProblem unreadable) {
            return PatchedClass.Now.unseen(weaves, composition.transition());
        }
    }
}
