package dev.jlp.coverage.weaving;

import dev.jlp.coverage.weaving.EveryMethod.Form;
import dev.jlp.patch.MethodId;
import dev.jlp.weaver.ClassView;
import dev.jlp.weaver.Outlined;
import dev.jlp.weaver.WeavingProblem;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Weaves every class of the JDK or of some jars and has the JVM verify it. What does not pass is looked at
 * beside the class as it was released. For each class the verifier must also refuse a damaged form, since
 * it would say nothing of a class that it does not look at.
 */
public final class VerifyProgram {

    private final Counts counts = new Counts();
    private final Verifier verifier;

    private VerifyProgram() throws IOException {
        verifier = new Verifier(WeavingAgent.jvm());
    }

    /** Takes the file for the counts and jars of the class path; without jars it is the JDK. */
    public static void main(String[] arguments) throws IOException {
        VerifyProgram program = new VerifyProgram();
        List<Path> jars = new ArrayList<>();
        for (int i = 1; i < arguments.length; i++) {
            jars.add(Path.of(arguments[i]));
        }
        if (jars.isEmpty()) {
            Found.ofJdk(program.counts, program::verify);
        } else {
            Found.ofJars(jars, program.counts, program::verify);
        }
        program.counts.write(Path.of(arguments[0]));
    }

    private void verify(Found found) {
        String name = found.type().getName();
        if (!WeavingAgent.jvm().isModifiableClass(found.type())) {
            counts.say("not modifiable", name);
            return;
        }
        counts.add("classes", 1);
        try {
            List<MethodId> methods = EveryMethod.of(ClassView.of(found.classFile()));
            counts.add("methods", methods.size());
            if (methods.isEmpty()) {
                counts.add("without a body", 1);
                return;
            }
            verify(found, methods);
        } catch (WeavingProblem unexpected) {
            counts.say("failed", name + ": not woven: " + unexpected.getMessage());
        }
    }

    private void verify(Found found, List<MethodId> methods) throws WeavingProblem {
        String name = found.type().getName();
        EveryMethod armed = EveryMethod.woven(found.classFile(), methods, Form.ARMED);
        EveryMethod finalised = EveryMethod.woven(found.classFile(), methods, Form.FINALISED);
        String first = verifier.objection(found.type(), armed.classFile());
        String second = verifier.objection(found.type(), finalised.classFile());
        if (!first.isEmpty() || !second.isEmpty()) {
            String released = verifier.objection(found.type(), found.classFile());
            if (!released.isEmpty()) {
                counts.say("refused as released", name + ": " + released);
                counts.add("methods of those", methods.size());
                return;
            }
            counts.say("failed", name + ": armed: " + first + "; finalised: " + second);
            return;
        }
        if (!finalised.refused().isEmpty()) {
            counts.say(
                    "failed", name + ": not finalised: " + finalised.refused().get(0));
        }
        armed.refused().forEach(said -> counts.add("refused: " + sentence(said), 1));
        counts.add("woven", armed.woven());
        counts.add("woven classes", 1);
        for (Outlined body : armed.outlined()) {
            outlined(found.type(), body);
        }
        control(found, armed);
    }

    private void outlined(Class<?> type, Outlined body) {
        String objection = verifier.objection(type, body);
        if (objection.isEmpty()) {
            counts.say("outlined", type.getName() + "." + body.method());
        } else {
            counts.say("failed", type.getName() + "." + body.method() + ", outlined: " + objection);
        }
    }

    private void control(Found found, EveryMethod armed) {
        byte[] damaged = EveryMethod.damaged(armed.classFile());
        String name = found.type().getName();
        if (damaged.length == 0) {
            counts.say("not armed at all", name);
            return;
        }
        String objection = verifier.objection(found.type(), damaged);
        if (objection.startsWith("java.lang.VerifyError")) {
            counts.add("verified", 1);
        } else {
            counts.say("not verified", name + (objection.isEmpty() ? "" : ": " + objection));
        }
    }

    /** What the weaver said, without the names in it. */
    private static String sentence(String said) {
        return said.replaceAll("'[^']*'", "…").replaceAll("[\\w/$.]+\\.[\\w/$<>.]+", "…");
    }
}
