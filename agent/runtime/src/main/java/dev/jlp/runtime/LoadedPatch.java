package dev.jlp.runtime;

import dev.jlp.patch.ClassPatch;
import dev.jlp.patch.MethodId;
import dev.jlp.patch.MethodPatch;
import dev.jlp.patch.Patch;
import dev.jlp.patch.Target;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A patch as it lies in this JVM.
 *
 * @param patch its content
 * @param digest of its artifact
 * @param classes by internal name
 * @param order which of its targets need which
 * @param loaded when
 * @param user who asked for it
 */
record LoadedPatch(
        Patch patch,
        String digest,
        Map<String, ClassPatch> classes,
        TargetOrder order,
        Instant loaded,
        String user) {

    static LoadedPatch of(Patch patch, String digest, Instant loaded, String user) {
        Map<String, ClassPatch> classes = new LinkedHashMap<>();
        for (Target target : patch.targets()) {
            for (ClassPatch type : target.classes()) {
                classes.put(type.name(), type);
            }
        }
        return new LoadedPatch(patch, digest, classes, TargetOrder.of(patch), loaded, user);
    }

    String name() {
        return patch.name();
    }

    String version() {
        return patch.version().text();
    }

    Set<MethodId> methods(String className) {
        ClassPatch type = classes.get(className);
        return type == null
                ? Set.of()
                : type.methods().stream().map(MethodPatch::id).collect(Collectors.toSet());
    }

    byte[] after(String className) {
        return patchOf(className).after();
    }

    ClassPatch patchOf(String className) {
        ClassPatch type = classes.get(className);
        if (type == null) {
            throw new IllegalStateException("'" + name() + "' has no class '" + className + "'");
        }
        return type;
    }

    boolean isQuiesce(String className, MethodId method) {
        ClassPatch type = classes.get(className);
        return type != null
                && type.methods().stream()
                        .anyMatch(each -> each.id().equals(method) && each.quiesce());
    }

    /** The target that a class belongs to. */
    Target target(String className) {
        for (Target target : patch.targets()) {
            if (target.classes().stream().anyMatch(type -> type.name().equals(className))) {
                return target;
            }
        }
        throw new IllegalStateException("'" + name() + "' has no class '" + className + "'");
    }

    String targetOf(String className) {
        return target(className).name();
    }
}
