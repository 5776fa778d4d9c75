package dev.jlp.weaver;

import dev.jlp.patch.MethodId;

import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FieldNode;
import org.objectweb.asm.tree.MethodNode;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * {@code fp1}: what makes two method bodies the same. SHA-256 over a written canonical form, so
 * that recompilation by another javac changes nothing and any change of meaning changes it. The
 * form is annexed in {@code docs/fp1.md}.
 */
public final class Fingerprints {

    /** Without those that ASM makes of attributes, which the JVM does not give back. */
    private static final int CLASS_FILE_FLAGS = 0xFFFF;

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

    /**
     * The fingerprint of a class: its kind, supertypes, fields and the fingerprints of its methods.
     *
     * @param type read as for {@link #ofMethods}
     * @return {@code fp1:} and the hash in hex
     */
    public static String ofClass(ClassNode type) {
        return ofClass(type, ofMethods(type));
    }

    /** The same, where those of the methods are known. */
    static String ofClass(ClassNode type, Map<MethodId, String> fingerprints) {
        CanonicalSink sink = new CanonicalSink();
        sink.number(type.access & CLASS_FILE_FLAGS & ~Opcodes.ACC_SUPER & ~Opcodes.ACC_SYNTHETIC);
        sink.text(type.name);
        sink.text(type.superName == null ? "" : type.superName);
        texts(sink, type.interfaces);
        texts(sink, type.fields.stream().map(Fingerprints::field).sorted().toList());
        List<String> methods = new ArrayList<>();
        fingerprints.forEach((id, fingerprint) -> methods.add(id + " " + fingerprint));
        texts(sink, methods.stream().sorted().toList());
        return "fp1:" + sink.hash();
    }

    private static String field(FieldNode field) {
        return field.name + " " + field.desc + " " + (field.access & CLASS_FILE_FLAGS) + " "
                + (field.value == null ? "" : field.value.getClass().getName() + " " + field.value);
    }

    private static void texts(CanonicalSink sink, List<String> texts) {
        sink.number(texts.size());
        texts.forEach(sink::text);
    }
}
