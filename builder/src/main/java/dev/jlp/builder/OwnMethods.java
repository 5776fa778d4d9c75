package dev.jlp.builder;

import dev.jlp.builder.CallEffects.Touch;
import dev.jlp.patch.MethodId;
import dev.jlp.weaver.Fingerprints;

import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.InvokeDynamicInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/** What the other methods of a class do to its static fields while the class is initialised. */
final class OwnMethods {

    /**
     * What some methods do to static fields of the class.
     *
     * @param reads fields that are read
     * @param sets fields that are set
     * @param touches fields whose objects may be changed
     */
    record Effects(Set<FieldKey> reads, Set<FieldKey> sets, Map<FieldKey, Touch> touches) {

        static Effects none() {
            return new Effects(new TreeSet<>(), new TreeSet<>(), new TreeMap<>());
        }

        void add(Effects other) {
            reads.addAll(other.reads);
            sets.addAll(other.sets);
            other.touches.forEach(this::touch);
        }

        private void touch(FieldKey field, Touch touch) {
            touches.merge(field, touch, (a, b) -> Collections.max(List.of(a, b)));
        }
    }

    private static final int COMPARED =
            Opcodes.ACC_STATIC | Opcodes.ACC_SYNTHETIC | Opcodes.ACC_ABSTRACT | Opcodes.ACC_NATIVE;

    private final ClassNode type;
    private final List<FieldKey> fields;
    private final Map<MethodId, MethodNode> methods = new HashMap<>();
    private final Map<MethodId, Effects> effects = new HashMap<>();
    private final Map<MethodId, Set<MethodId>> called = new HashMap<>();
    private @Nullable Map<MethodId, String> fingerprints;

    OwnMethods(ClassNode type, List<FieldKey> fields) {
        this.type = type;
        this.fields = fields;
        for (MethodNode method : type.methods) {
            methods.put(new MethodId(method.name, method.desc), method);
        }
    }

    /** The method of the class that an instruction calls; nothing if it calls none. */
    Set<MethodId> calledBy(LinearCode code, int index) {
        Set<MethodId> ids = new LinkedHashSet<>();
        if (code.at(index) instanceof MethodInsnNode call) {
            addOwn(ids, call.owner, call.name, call.desc);
        }
        return ids;
    }

    /** The methods of the class that an instruction passes to somebody who may run them. */
    Set<MethodId> passedBy(LinearCode code, ValueFlow flow, int index) {
        Set<MethodId> ids = new LinkedHashSet<>();
        for (int site : flow.functions(index)) {
            if (code.at(site) instanceof InvokeDynamicInsnNode function) {
                for (Object argument : function.bsmArgs) {
                    if (argument instanceof Handle handle) {
                        addOwn(ids, handle.getOwner(), handle.getName(), handle.getDesc());
                    }
                }
            }
        }
        return ids;
    }

    private void addOwn(Set<MethodId> ids, String owner, String name, String descriptor) {
        MethodId id = new MethodId(name, descriptor);
        if (owner.equals(type.name) && methods.containsKey(id)) {
            ids.add(id);
        }
    }

    /** What methods of the class do to its static fields, with all that they call in the class. */
    Effects effects(Collection<MethodId> roots) {
        Effects all = Effects.none();
        for (MethodId id : reached(roots, any -> true)) {
            all.add(effects.getOrDefault(id, Effects.none()));
        }
        return all;
    }

    /**
     * Texts that change when static methods of the class, or static ones that these call, do
     * something else. What constructors and instance methods do belongs to objects.
     */
    Set<String> texts(Collection<MethodId> roots) {
        Set<String> texts = new TreeSet<>();
        for (MethodId id : reached(roots, this::isStatic)) {
            texts.add(fingerprint(id));
        }
        return texts;
    }

    private boolean isStatic(MethodId id) {
        MethodNode method = methods.get(id);
        return method != null && ClassFiles.has(method.access, Opcodes.ACC_STATIC);
    }

    private Set<MethodId> reached(Collection<MethodId> roots, Predicate<MethodId> followed) {
        Set<MethodId> reached = new LinkedHashSet<>();
        Deque<MethodId> open = new ArrayDeque<>(roots);
        while (!open.isEmpty()) {
            MethodId id = open.pop();
            if (followed.test(id) && reached.add(id)) {
                look(id);
                open.addAll(called.getOrDefault(id, Set.of()));
            }
        }
        return reached;
    }

    private void look(MethodId id) {
        MethodNode method = methods.get(id);
        if (method == null || method.instructions.size() == 0 || called.containsKey(id)) {
            return;
        }
        Effects found = Effects.none();
        Set<MethodId> calls = new LinkedHashSet<>();
        LinearCode code = new LinearCode(method);
        access(code, found);
        ValueFlow flow = new ValueFlow(type.name, fields, method, code);
        for (int i = 0; i < code.size(); i++) {
            calls.addAll(calledBy(code, i));
            calls.addAll(passedBy(code, flow, i));
            flow.touches(i).forEach((origin, touch) -> {
                if (origin < 0) {
                    found.touch(fields.get(-1 - origin), touch);
                }
            });
        }
        effects.put(id, found);
        called.put(id, calls);
    }

    private void access(LinearCode code, Effects found) {
        for (int i = 0; i < code.size(); i++) {
            AbstractInsnNode node = code.at(i);
            if (node instanceof FieldInsnNode access
                    && access.owner.equals(type.name)
                    && fields.contains(FieldKey.of(access))) {
                boolean sets = access.getOpcode() == Opcodes.PUTSTATIC;
                (sets ? found.sets() : found.reads()).add(FieldKey.of(access));
            }
        }
    }

    private String fingerprint(MethodId id) {
        Map<MethodId, String> known = fingerprints;
        if (known == null) {
            known = Fingerprints.ofMethods(withoutAccess());
            fingerprints = known;
        }
        return known.getOrDefault(id, "");
    }

    /** The class with methods that differ in their bodies only. */
    private ClassNode withoutAccess() {
        ClassNode plain = new ClassNode();
        plain.name = type.name;
        plain.fields = type.fields;
        for (MethodNode method : type.methods) {
            MethodNode copy = ClassFiles.copy(method);
            int kept = ClassFiles.has(method.access, Opcodes.ACC_STATIC) ? 0 : Opcodes.ACC_PRIVATE;
            copy.access &= COMPARED | kept;
            copy.exceptions = List.of();
            copy.visibleAnnotations = null;
            copy.invisibleAnnotations = null;
            copy.visibleParameterAnnotations = null;
            copy.invisibleParameterAnnotations = null;
            plain.methods.add(copy);
        }
        return plain;
    }
}
