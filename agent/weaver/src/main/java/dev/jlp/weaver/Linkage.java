package dev.jlp.weaver;

import dev.jlp.patch.AddedClass;
import dev.jlp.patch.Link;

import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.ClassNode;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/** Whether what a new body names is there, in one loader. Reads class files, loads no class. */
public final class Linkage {

    /** Classes whose methods are linked by rules of their own. */
    private static final Set<String> POLYMORPHIC =
            Set.of("java/lang/invoke/MethodHandle", "java/lang/invoke/VarHandle");

    private final Function<String, byte @Nullable []> reader;
    private final Map<String, Optional<ClassNode>> known = new HashMap<>();

    /**
     * Linkage in one loader.
     *
     * @param added classes that will be there
     * @param held classes as they are in the JVM, by internal name
     * @param reader what the loader would read for another class, by internal name; null if nothing
     */
    public Linkage(
            List<AddedClass> added,
            Map<String, byte[]> held,
            Function<String, byte @Nullable []> reader) {
        this.reader = reader;
        added.forEach(type -> known.put(type.name(), Optional.of(parse(type.bytes()))));
        held.forEach((name, bytes) -> known.put(name, Optional.of(parse(bytes))));
    }

    /** What is missing, in words; empty if it resolves. */
    public String missing(Link link) {
        if (link.owner().startsWith("[") || POLYMORPHIC.contains(link.owner())) {
            return "";
        }
        Optional<ClassNode> owner = find(link.owner());
        if (owner.isEmpty()) {
            return "class " + link.owner().replace('/', '.');
        }
        boolean resolves = switch (link.kind()) {
            case CLASS -> true;
            case FIELD, STATIC_FIELD -> hasField(owner.get(), link);
            case METHOD, STATIC_METHOD -> hasMethod(owner.get(), link);
        };
        return resolves
                ? ""
                : link.owner().replace('/', '.') + "." + link.name() + link.descriptor();
    }

    private boolean hasField(ClassNode type, Link link) {
        boolean here = type.fields.stream()
                .anyMatch(field -> field.name.equals(link.name())
                        && field.desc.equals(link.descriptor())
                        && isStatic(field.access) == (link.kind() == Link.Kind.STATIC_FIELD));
        return here || inherited(type, above -> hasField(above, link));
    }

    private boolean hasMethod(ClassNode type, Link link) {
        boolean here = type.methods.stream()
                .anyMatch(method -> method.name.equals(link.name())
                        && method.desc.equals(link.descriptor())
                        && isStatic(method.access) == (link.kind() == Link.Kind.STATIC_METHOD));
        if (here || link.name().equals("<init>")) {
            return here;
        }
        return inherited(type, above -> hasMethod(above, link))
                || isObjectMethodOfInterface(type, link);
    }

    private boolean isObjectMethodOfInterface(ClassNode type, Link link) {
        return (type.access & Opcodes.ACC_INTERFACE) != 0
                && find("java/lang/Object")
                        .filter(object -> hasMethod(object, link))
                        .isPresent();
    }

    private boolean inherited(ClassNode type, Predicate<ClassNode> has) {
        if (type.superName != null && find(type.superName).filter(has).isPresent()) {
            return true;
        }
        return type.interfaces.stream().anyMatch(name -> find(name).filter(has).isPresent());
    }

    private Optional<ClassNode> find(String name) {
        Optional<ClassNode> found = known.get(name);
        if (found == null) {
            found = read(name);
            known.put(name, found);
        }
        return found;
    }

    private Optional<ClassNode> read(String name) {
        byte[] classFile = reader.apply(name);
        return classFile == null ? Optional.empty() : Optional.of(parse(classFile));
    }

    private static ClassNode parse(byte[] classFile) {
        ClassNode type = new ClassNode();
        new ClassReader(classFile)
                .accept(
                        type,
                        ClassReader.SKIP_CODE | ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
        return type;
    }

    private static boolean isStatic(int access) {
        return (access & Opcodes.ACC_STATIC) != 0;
    }
}
