package dev.jlp.builder;

import dev.jlp.patch.CallbackClass;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The classes that were named as callbacks, and those nested in them. Found in a fixed release they are its
 * target's alone, and not among its added classes; found on the class path they are every target's.
 */
final class CallbackSources {

    private final List<String> names;
    private final List<Release> fixes;
    private final List<Release> classpath;

    CallbackSources(List<String> names, List<Release> fixes, List<Release> classpath) {
        this.names = names.stream().map(name -> name.replace('.', '/')).toList();
        this.fixes = fixes;
        this.classpath = classpath;
    }

    /** A fixed release as the application will see it: without the callbacks that came along. */
    Release withoutCallbacks(Release fixed, Release original) {
        SortedMap<String, byte[]> classes = new TreeMap<>(fixed.classes());
        classes.keySet().removeIf(type -> isOne(type) && !original.classes().containsKey(type));
        return fixed.with(classes);
    }

    private boolean isOne(String type) {
        return names.stream().anyMatch(name -> belongsTo(type, name));
    }

    private static boolean belongsTo(String type, String name) {
        return type.equals(name) || type.startsWith(name + "$");
    }

    /** The callbacks of one target, in the order in which they were named. */
    List<CallbackClass> of(TargetDiff target) throws BuildProblem {
        List<CallbackClass> callbacks = new ArrayList<>();
        for (String name : names) {
            Release source = source(name, target.fixed().sha256());
            if (source != null) {
                for (Map.Entry<String, byte[]> type : source.classes().entrySet()) {
                    if (belongsTo(type.getKey(), name)) {
                        callbacks.add(new CallbackClass(
                                type.getKey(), type.getValue(), type.getKey().equals(name)));
                    }
                }
            }
        }
        return List.copyOf(callbacks);
    }

    /** Where the class is taken from for a target; null if it is another target's. */
    private @Nullable Release source(String name, String fixed) throws BuildProblem {
        boolean others = false;
        for (Release fix : fixes) {
            if (fix.classes().containsKey(name)) {
                if (fix.sha256().equals(fixed)) {
                    return fix;
                }
                others = true;
            }
        }
        if (others) {
            return null;
        }
        for (Release jar : classpath) {
            if (jar.classes().containsKey(name)) {
                return ApiNames.inJvm(jar);
            }
        }
        throw new BuildProblem("no fixed release and no jar of the class path has the class '"
                + name.replace('/', '.') + "' that is to be called back");
    }

    /** Refuses callbacks of a target that has no changed method: nothing would tell when it comes. */
    void requireChanges(List<TargetDiff> targets, List<String> changed) throws BuildProblem {
        for (TargetDiff target : targets) {
            boolean own = fixes.stream()
                    .filter(fix -> fix.sha256().equals(target.fixed().sha256()))
                    .anyMatch(fix ->
                            names.stream().anyMatch(name -> fix.classes().containsKey(name)));
            if (own && !changed.contains(target.name())) {
                throw new BuildProblem(
                        "target '" + target.name()
                                + "' has callbacks and no changed method: nothing would tell when it comes");
            }
        }
    }
}
