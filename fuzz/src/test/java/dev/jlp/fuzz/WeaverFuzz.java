package dev.jlp.fuzz;

import dev.jlp.patch.MethodId;
import dev.jlp.weaver.ClassView;
import dev.jlp.weaver.Weave;
import dev.jlp.weaver.Weaver;
import dev.jlp.weaver.WeavingProblem;

import java.util.List;

/** Class files that are damaged: judged and armed, or refused with a sentence. */
public final class WeaverFuzz {

    private WeaverFuzz() {}

    /** The name that Jazzer looks for. */
    public static void fuzzerTestOneInput(byte[] classFile) {
        try {
            ClassView view = ClassView.of(classFile);
            for (MethodId method : view.fingerprints().keySet()) {
                view.links(method);
                view.isIntrinsic(method);
                if (!view.isBodiless(method)) {
                    arm(classFile, method);
                }
            }
        } catch (WeavingProblem refused) {
            Sentences.require(refused.getMessage());
        }
    }

    private static void arm(byte[] classFile, MethodId method) {
        try {
            Weaver.weave(classFile, List.of(Weave.both(method, classFile, classFile)), 1);
        } catch (WeavingProblem refused) {
            Sentences.require(refused.getMessage());
        }
    }
}
