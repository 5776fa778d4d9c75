package dev.jlp.runtime;

import dev.jlp.patch.AddedClass;
import dev.jlp.patch.Link;
import dev.jlp.patch.Target;

import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.ClassNode;

import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Whether what a new body names is there in one loader. Loads no class: those of the target are read
 * from the JVM, others from where their loader would read them.
 */
final class Linkage {

    /** Classes whose methods are linked by rules of their own. */
    private static final Set<String> POLYMORPHIC =
            Set.of("java/lang/invoke/MethodHandle", "java/lang/invoke/VarHandle");

    private final @Nullable ClassLoader loader;
    private final Map<String, Optional<ClassNode>> known = new HashMap<>();

    /**
     * Linkage in one loader.
     *
     * @param loader where the patched class is; null for the boot loader
     * @param target whose added classes will be there
     * @param held the target's classes as they are in the JVM, by internal name
     */
    Linkage(@Nullable ClassLoader loader, Target target, Map<String, byte[]> held) {
        this.loader = loader;
        for (AddedClass added : target.added()) {
            known.put(added.name(), Optional.of(parse(added.bytes())));
        }
        held.forEach((name, bytes) -> known.put(name, Optional.of(parse(bytes))));
    }

    /** What is missing, in words; empty if it resolves. */
    String missing(Link link) {
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

    private boolean inherited(ClassNode type, java.util.function.Predicate<ClassNode> has) {
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
        String path = name + ".class";
        try (InputStream in = loader == null
                ? Object.class.getResourceAsStream("/" + path)
                : loader.getResourceAsStream(path)) {
            return in == null ? Optional.empty() : Optional.of(parse(in.readAllBytes()));
        } catch (IOException | RuntimeException unreadable) {
            return Optional.empty();
        }
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
