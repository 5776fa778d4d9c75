package dev.jlp.coverage.weaving;

import dev.jlp.patch.MethodId;
import dev.jlp.weaver.ClassView;
import dev.jlp.weaver.PatchingPath;
import dev.jlp.weaver.WeavingProblem;

import java.io.IOException;
import java.lang.instrument.ClassDefinition;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Arms every method of the JDK under this program's feet, but for those that the agent would refuse. */
final class ArmedJdk {

    private static final int BATCH = 200;

    private final Instrumentation jvm;
    private final Verifier verifier;
    private final Map<Class<?>, Original> originals = new HashMap<>();
    private final Counts counts = new Counts();

    ArmedJdk(Instrumentation jvm) throws IOException {
        this.jvm = jvm;
        this.verifier = new Verifier(jvm);
    }

    /** What was woven, and how many methods of it. */
    @SuppressWarnings("ArrayRecordComponent") // a class file; compared by nobody
    private record Original(byte[] classFile, int methods) {}

    /** Weaves all first, then puts it in place. */
    Counts arm() throws IOException {
        List<ClassDefinition> definitions = new ArrayList<>();
        Found.ofJdk(counts, found -> weave(found, definitions));
        for (int i = 0; i < definitions.size(); i += BATCH) {
            List<ClassDefinition> batch =
                    definitions.subList(i, Math.min(i + BATCH, definitions.size()));
            if (!redefine(batch).isEmpty()) {
                batch.forEach(this::alone);
            }
        }
        return counts;
    }

    private void weave(Found found, List<ClassDefinition> definitions) {
        if (!jvm.isModifiableClass(found.type())) {
            return;
        }
        try {
            ClassView view = ClassView.of(found.classFile());
            String name = found.type().getName().replace('.', '/');
            EveryMethod armed = EveryMethod.armedAlone(
                    found.classFile(), method -> isPatchable(name, view, method));
            armed.refused().forEach(why -> counts.add("left out: does not fit", 1));
            if (armed.woven() > 0) {
                definitions.add(new ClassDefinition(found.type(), armed.classFile()));
                originals.put(found.type(), new Original(found.classFile(), armed.woven()));
                counts.add("classes", 1);
                counts.add("methods", armed.woven());
            }
        } catch (WeavingProblem problem) {
            counts.say("failed", found.type().getName() + ": " + problem.getMessage());
        }
    }

    private boolean isPatchable(String className, ClassView view, MethodId method) {
        if (view.isIntrinsic(method)) {
            counts.add("left out: intrinsic", 1);
        } else if (view.isHidden(method)) {
            counts.add("left out: hidden from stack traces", 1);
        } else if (PatchingPath.contains(className, method)) {
            counts.add("left out: used by the patching", 1);
        } else {
            return true;
        }
        return false;
    }

    private void alone(ClassDefinition definition) {
        String objection = redefine(List.of(definition));
        if (objection.isEmpty()) {
            return;
        }
        Class<?> type = definition.getDefinitionClass();
        Original original = Objects.requireNonNull(originals.get(type));
        counts.add("classes", -1);
        counts.add("methods", -original.methods());
        if (verifier.objection(type, original.classFile()).isEmpty()) {
            counts.say("failed", type.getName() + ": " + objection);
        } else {
            counts.add("left out: the JVM does not take the JDK's file either", original.methods());
        }
    }

    private String redefine(List<ClassDefinition> batch) {
        try {
            jvm.redefineClasses(batch.toArray(ClassDefinition[]::new));
            return "";
        } catch (ClassNotFoundException
                | UnmodifiableClassException
                | LinkageError
                | InternalError
                | UnsupportedOperationException refused) {
            return refused.toString();
        }
    }
}
