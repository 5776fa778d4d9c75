package dev.jlp.coverage.weaving;

import dev.jlp.patch.MethodId;
import dev.jlp.weaver.ClassView;
import dev.jlp.weaver.Outlined;
import dev.jlp.weaver.Weave;
import dev.jlp.weaver.Weaver;
import dev.jlp.weaver.WeavingProblem;
import dev.jlp.weaver.Woven;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * All methods of a class woven at once, each with its own body as old and as new one.
 *
 * @param classFile the class
 * @param outlined bodies that did not fit
 * @param woven how many methods
 * @param refused what the weaver said of the others
 */
@SuppressWarnings("ArrayRecordComponent") // a class file; compared by nobody
record EveryMethod(byte[] classFile, List<Outlined> outlined, int woven, List<String> refused) {

    /** The number of the transition that all classes are armed for. */
    static final int TRANSITION = 0x5A5A;

    private static final int PUSH_SHORT = 0x11;
    private static final int CALL_STATIC = 0xB8;
    private static final int PUSH_NULL = 1;

    /** What a class is woven for. */
    enum Form {
        /** Both bodies, as during a transition. */
        ARMED {
            @Override
            Weave weave(MethodId method, byte[] classFile, byte[] again) {
                return Weave.both(method, classFile, again);
            }
        },
        /** The new body alone, as at its end. */
        FINALISED {
            @Override
            Weave weave(MethodId method, byte[] classFile, byte[] again) {
                return Weave.single(method, classFile);
            }
        };

        abstract Weave weave(MethodId method, byte[] classFile, byte[] again);
    }

    /** Methods that have a body. */
    static List<MethodId> of(ClassView view) {
        return view.fingerprints().keySet().stream()
                .filter(method -> !view.isBodiless(method))
                .toList();
    }

    /** Weaves these methods, or those of them that the weaver takes. */
    static EveryMethod woven(byte[] classFile, List<MethodId> methods, Form form)
            throws WeavingProblem {
        try {
            return of(weave(classFile, methods, form), methods.size(), List.of());
        } catch (WeavingProblem some) {
            List<MethodId> taken = new ArrayList<>();
            List<String> refused = new ArrayList<>();
            for (MethodId method : methods) {
                try {
                    weave(classFile, List.of(method), form);
                    taken.add(method);
                } catch (WeavingProblem why) {
                    refused.add(String.valueOf(why.getMessage()));
                }
            }
            return of(weave(classFile, taken, form), taken.size(), refused);
        }
    }

    /** Arms what fits into the class itself, as for a class that is not defined yet. */
    static EveryMethod armedAlone(byte[] classFile, Predicate<MethodId> wanted)
            throws WeavingProblem {
        ClassView view = ClassView.of(classFile);
        List<MethodId> methods = of(view).stream().filter(wanted).toList();
        EveryMethod all = woven(classFile, methods, Form.ARMED);
        if (all.outlined.isEmpty()) {
            return all;
        }
        Set<MethodId> tooLarge = new HashSet<>();
        all.outlined.forEach(body -> tooLarge.add(body.method()));
        List<MethodId> fitting =
                methods.stream().filter(method -> !tooLarge.contains(method)).toList();
        EveryMethod alone = woven(classFile, fitting, Form.ARMED);
        List<String> refused = new ArrayList<>(alone.refused);
        tooLarge.forEach(method -> refused.add("'" + method + "' needs an outlined body"));
        return new EveryMethod(alone.classFile, List.of(), alone.woven, refused);
    }

    /**
     * An armed class with a null in the place of one number, which any verifier refuses; nothing else
     * differs. Empty if no method is armed.
     */
    static byte[] damaged(byte[] armed) {
        for (int i = armed.length - 4; i >= 0; i--) {
            if ((armed[i] & 0xFF) == PUSH_SHORT
                    && armed[i + 1] == (byte) (TRANSITION >> 8)
                    && armed[i + 2] == (byte) TRANSITION
                    && (armed[i + 3] & 0xFF) == CALL_STATIC) {
                byte[] damaged = armed.clone();
                damaged[i] = 0;
                damaged[i + 1] = 0;
                damaged[i + 2] = PUSH_NULL;
                return damaged;
            }
        }
        return new byte[0];
    }

    private static EveryMethod of(Woven result, int methods, List<String> refused) {
        return new EveryMethod(result.bytes(), result.outlined(), methods, refused);
    }

    private static Woven weave(byte[] classFile, List<MethodId> methods, Form form)
            throws WeavingProblem {
        byte[] again = classFile.clone(); // so that neither is parsed for each method
        List<Weave> weaves = methods.stream()
                .map(method -> form.weave(method, classFile, again))
                .toList();
        return Weaver.weave(classFile, weaves, TRANSITION);
    }
}
