package dev.jlp.builder;

import dev.jlp.patch.ClassPatch;
import dev.jlp.weaver.Weave;
import dev.jlp.weaver.Weaver;
import dev.jlp.weaver.WeavingProblem;

import org.objectweb.asm.ClassTooLargeException;

import java.util.List;

/** Tries what an agent does with a class of the patch: during a transition it holds both bodies of each method. */
final class Arming {

    private Arming() {}

    /**
     * Refuses a class whose constants don't suffice for both.
     *
     * @return what else would stand in the way of a load, a sentence each
     */
    static List<String> check(ClassPatch type) throws BuildProblem {
        List<Weave> both = type.methods().stream()
                .map(method -> Weave.both(method.id(), type.before(), type.after()))
                .toList();
        try {
            Weaver.weave(type.before(), both, 1);
            return List.of();
        } catch (WeavingProblem problem) {
            if (problem.getCause() instanceof ClassTooLargeException tooLarge) {
                throw new BuildProblem(
                        "the class '" + type.name().replace('/', '.') + "' would have "
                                + tooLarge.getConstantPoolCount()
                                + " constants with its old and new bodies; a class file holds"
                                + " 65,535",
                        problem);
            }
            return List.of("a load may be refused: " + problem.getMessage());
        }
    }
}
