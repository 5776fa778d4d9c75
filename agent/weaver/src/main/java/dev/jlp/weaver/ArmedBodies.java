package dev.jlp.weaver;

import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.tree.MethodNode;

import java.util.ArrayList;
import java.util.List;

/** Takes bodies from class files and makes the armed methods of one class of them. */
final class ArmedBodies {

    private final ClassReader base;
    private final int transition;
    private final Bodies bodies = new Bodies();
    private final List<Outlined> outlined = new ArrayList<>();
    private @Nullable Outliner outliner;

    ArmedBodies(ClassReader base, int transition) {
        this.base = base;
        this.transition = transition;
    }

    /** The bodies that are outside now. */
    List<Outlined> outlined() {
        return List.copyOf(outlined);
    }

    MethodNode single(Weave weave) throws WeavingProblem {
        return bodies.take(weave.newBody(), weave.method());
    }

    MethodNode arm(Weave weave, Placement placement) throws WeavingProblem {
        MethodNode shell = bodies.take(weave.oldBody(), weave.method());
        ArmedMethod armed = new ArmedMethod(base.getClassName(), shell, transition);
        switch (placement) {
            case WITHIN -> armed.merge(shell, bodies.take(weave.newBody(), weave.method()));
            case ONE_OUT -> armOneOut(weave, armed, shell);
            case BOTH_OUT ->
                armed.split(outline(weave, weave.oldBody()), outline(weave, weave.newBody()));
        }
        return shell;
    }

    private void armOneOut(Weave weave, ArmedMethod armed, MethodNode shell) throws WeavingProblem {
        Outlined old;
        try {
            old = outline(weave, weave.oldBody());
        } catch (WeavingProblem oldCannot) {
            try {
                armed.splitNew(shell, outline(weave, weave.newBody()));
                return;
            } catch (WeavingProblem newCannotEither) {
                oldCannot.addSuppressed(newCannotEither);
                throw oldCannot;
            }
        }
        armed.splitOld(old, bodies.take(weave.newBody(), weave.method()));
    }

    private Outlined outline(Weave weave, byte[] source) throws WeavingProblem {
        if (outliner == null) {
            outliner = new Outliner(base);
        }
        Outlined one = outliner.outline(bodies.take(source, weave.method()), source);
        outlined.add(one);
        return one;
    }
}
