package dev.jlp.weaver;

import dev.jlp.patch.MethodId;

import org.objectweb.asm.ClassReader;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.MethodNode;

import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;

/** Fresh copies of methods: merging moves instructions from one method to another. */
final class Bodies {

    private final IdentityHashMap<byte[], Map<MethodId, MethodNode>> parsed =
            new IdentityHashMap<>();

    MethodNode take(byte[] classFile, MethodId method) throws WeavingProblem {
        MethodNode taken = null;
        Map<MethodId, MethodNode> known = parsed.get(classFile);
        if (known != null) {
            taken = known.remove(method);
        }
        if (taken == null) {
            known = parse(classFile);
            parsed.put(classFile, known);
            taken = known.remove(method);
        }
        if (taken == null) {
            throw new WeavingProblem("no body for '" + method + "'");
        }
        return taken;
    }

    private static Map<MethodId, MethodNode> parse(byte[] classFile) throws WeavingProblem {
        ClassNode type = new ClassNode();
        Weaver.reader(classFile).accept(type, ClassReader.EXPAND_FRAMES);
        Map<MethodId, MethodNode> methods = new HashMap<>();
        for (MethodNode method : type.methods) {
            methods.put(new MethodId(method.name, method.desc), method);
        }
        return methods;
    }
}
