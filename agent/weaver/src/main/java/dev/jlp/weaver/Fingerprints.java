package dev.jlp.weaver;

import dev.jlp.patch.MethodId;

import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.MethodNode;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * {@code fp1}: what makes two method bodies the same. SHA-256 over a written canonical form, so
 * that recompilation by another javac changes nothing and any change of meaning changes it. The
 * form is annexed in {@code docs/fp1.md}.
 */
public final class Fingerprints {

    private Fingerprints() {}

    /**
     * The fingerprint of each method of a class, compiler-made bodies hashed into their users and
     * also listed themselves.
     *
     * @param type read with {@code ClassReader.SKIP_DEBUG | SKIP_FRAMES} or more
     * @return by method, {@code fp1:} and the hash in hex; abstract and native methods have one too
     */
    public static Map<MethodId, String> ofMethods(ClassNode type) {
        Map<MethodId, MethodNode> members = new HashMap<>();
        for (MethodNode method : type.methods) {
            members.put(new MethodId(method.name, method.desc), method);
        }
        Map<MethodId, String> fingerprints = new LinkedHashMap<>();
        for (MethodNode method : type.methods) {
            fingerprints.put(
                    new MethodId(method.name, method.desc),
                    "fp1:" + new CanonicalClass(type, members).hash(method));
        }
        return fingerprints;
    }
}
