package dev.jlp.weaver;

import dev.jlp.patch.Link;
import dev.jlp.patch.MethodId;

import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AnnotationNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.MethodNode;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/** What can be asked of a class file without knowing how it is read. */
public final class ClassView {

    private static final String INTRINSIC = "Ljdk/internal/vm/annotation/IntrinsicCandidate;";
    private static final String HIDDEN = "Ljdk/internal/vm/annotation/Hidden;";

    private final ClassNode type;
    private final Map<MethodId, String> fingerprints;

    private ClassView(ClassNode type, Map<MethodId, String> fingerprints) {
        this.type = type;
        this.fingerprints = fingerprints;
    }

    /**
     * Reads a class file.
     *
     * @throws WeavingProblem if it is none, damaged, or newer than is understood
     */
    public static ClassView of(byte[] classFile) throws WeavingProblem {
        ClassNode type = ClassFiles.parse(classFile);
        return new ClassView(type, ClassFiles.sound(() -> Fingerprints.ofMethods(type)));
    }

    /** The fingerprint of each method; see {@link Fingerprints}. */
    public Map<MethodId, String> fingerprints() {
        return fingerprints;
    }

    /**
     * The fingerprint of the class as a whole; see {@link Fingerprints}.
     *
     * @throws WeavingProblem if what no method needs is damaged
     */
    public String fingerprint() throws WeavingProblem {
        return ClassFiles.sound(() -> Fingerprints.ofClass(type, fingerprints));
    }

    /** Whether both have the same shape and every method the same fingerprint. */
    public boolean isSame(ClassView other) {
        return sameShape(type, other.type) && fingerprints().equals(other.fingerprints());
    }

    /** Internal names of the superclass and the interfaces. */
    public List<String> supertypes() {
        List<String> supertypes = new ArrayList<>(type.interfaces);
        if (type.superName != null) {
            supertypes.add(type.superName);
        }
        return supertypes;
    }

    /** Whether there is a method of this name, but without a body. */
    public boolean isBodiless(MethodId id) {
        MethodNode method = find(id);
        return method != null && (method.access & (Opcodes.ACC_ABSTRACT | Opcodes.ACC_NATIVE)) != 0;
    }

    /** Whether the JIT may put code of its own in place of the method's body. */
    public boolean isIntrinsic(MethodId id) {
        return isAnnotated(id, INTRINSIC);
    }

    /** Whether its frames are left out of traces, so that nobody can see who is inside. */
    public boolean isHidden(MethodId id) {
        return isAnnotated(id, HIDDEN);
    }

    /**
     * What a method's body names; nothing if there is no such method.
     *
     * @throws WeavingProblem if a name in it is damaged
     */
    public List<Link> links(MethodId id) throws WeavingProblem {
        MethodNode method = find(id);
        return method == null ? List.of() : ClassFiles.sound(() -> Reference.links(method));
    }

    private boolean isAnnotated(MethodId id, String descriptor) {
        MethodNode method = find(id);
        List<AnnotationNode> annotations = method == null ? null : method.visibleAnnotations;
        return annotations != null
                && annotations.stream().anyMatch(each -> each.desc.equals(descriptor));
    }

    private @Nullable MethodNode find(MethodId id) {
        for (MethodNode method : type.methods) {
            if (method.name.equals(id.name()) && method.desc.equals(id.descriptor())) {
                return method;
            }
        }
        return null;
    }

    /** Whether redefinition would take one for the other: members, modifiers and hierarchy. */
    private static boolean sameShape(ClassNode a, ClassNode b) {
        return a.access == b.access
                && Objects.equals(a.superName, b.superName)
                && a.interfaces.equals(b.interfaces)
                && fields(a).equals(fields(b))
                && methods(a).equals(methods(b));
    }

    private static Set<String> fields(ClassNode type) {
        return type.fields.stream()
                .map(field -> field.access + " " + field.name + " " + field.desc)
                .collect(Collectors.toSet());
    }

    private static Set<List<Object>> methods(ClassNode type) {
        return type.methods.stream()
                .map(method -> List.<Object>of(method.access, method.name, method.desc))
                .collect(Collectors.toSet());
    }
}
