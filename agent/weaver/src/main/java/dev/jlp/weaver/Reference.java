package dev.jlp.weaver;

import dev.jlp.patch.Link;

import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ConstantDynamic;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.InvokeDynamicInsnNode;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.MultiANewArrayInsnNode;
import org.objectweb.asm.tree.TryCatchBlockNode;
import org.objectweb.asm.tree.TypeInsnNode;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * One way in which a body names something.
 *
 * @param link what it names
 * @param use how
 */
public record Reference(Link link, Use use) {

    /** What the body does with what it names. */
    public enum Use {
        PLAIN,
        /** Stores into a field. */
        WRITE,
        /** Calls exactly this method, no override: private and super calls. */
        SPECIAL
    }

    /** Everything that a body names, arrays by their elements, each once. */
    public static Set<Reference> of(MethodNode body) {
        Collector collector = new Collector();
        for (AbstractInsnNode node : body.instructions) {
            collector.add(node);
        }
        for (TryCatchBlockNode block : body.tryCatchBlocks) {
            if (block.type != null) {
                collector.type(Type.getObjectType(block.type));
            }
        }
        return collector.found;
    }

    /** What a body names, for the artifact. */
    public static List<Link> links(MethodNode body) {
        Set<Link> links = new LinkedHashSet<>();
        of(body).forEach(reference -> links.add(reference.link()));
        return List.copyOf(links);
    }

    private static final class Collector {

        final Set<Reference> found = new LinkedHashSet<>();

        void add(AbstractInsnNode node) {
            if (node instanceof FieldInsnNode field) {
                boolean isStatic = field.getOpcode() == Opcodes.GETSTATIC
                        || field.getOpcode() == Opcodes.PUTSTATIC;
                boolean write = field.getOpcode() == Opcodes.PUTFIELD
                        || field.getOpcode() == Opcodes.PUTSTATIC;
                member(
                        isStatic ? Link.Kind.STATIC_FIELD : Link.Kind.FIELD,
                        field.owner,
                        field.name,
                        field.desc,
                        write ? Use.WRITE : Use.PLAIN);
            } else if (node instanceof MethodInsnNode call) {
                boolean special =
                        call.getOpcode() == Opcodes.INVOKESPECIAL && !call.name.equals("<init>");
                member(
                        call.getOpcode() == Opcodes.INVOKESTATIC
                                ? Link.Kind.STATIC_METHOD
                                : Link.Kind.METHOD,
                        call.owner,
                        call.name,
                        call.desc,
                        special ? Use.SPECIAL : Use.PLAIN);
            } else if (node instanceof TypeInsnNode named) {
                type(Type.getObjectType(named.desc));
            } else if (node instanceof MultiANewArrayInsnNode array) {
                type(Type.getObjectType(array.desc));
            } else if (node instanceof LdcInsnNode load) {
                constant(load.cst);
            } else if (node instanceof InvokeDynamicInsnNode site) {
                type(Type.getMethodType(site.desc));
                constant(site.bsm);
                for (Object argument : site.bsmArgs) {
                    constant(argument);
                }
            }
        }

        private void constant(@Nullable Object constant) {
            if (constant instanceof Type type) {
                type(type);
            } else if (constant instanceof Handle handle) {
                handle(handle);
            } else if (constant instanceof ConstantDynamic dynamic) {
                type(Type.getType(dynamic.getDescriptor()));
                constant(dynamic.getBootstrapMethod());
                for (int i = 0; i < dynamic.getBootstrapMethodArgumentCount(); i++) {
                    constant(dynamic.getBootstrapMethodArgument(i));
                }
            }
        }

        private void handle(Handle handle) {
            Link.Kind kind = switch (handle.getTag()) {
                case Opcodes.H_GETFIELD, Opcodes.H_PUTFIELD -> Link.Kind.FIELD;
                case Opcodes.H_GETSTATIC, Opcodes.H_PUTSTATIC -> Link.Kind.STATIC_FIELD;
                case Opcodes.H_INVOKESTATIC -> Link.Kind.STATIC_METHOD;
                default -> Link.Kind.METHOD;
            };
            Use use = switch (handle.getTag()) {
                case Opcodes.H_PUTFIELD, Opcodes.H_PUTSTATIC -> Use.WRITE;
                case Opcodes.H_INVOKESPECIAL -> Use.SPECIAL;
                default -> Use.PLAIN;
            };
            member(kind, handle.getOwner(), handle.getName(), handle.getDesc(), use);
        }

        void type(Type type) {
            switch (type.getSort()) {
                case Type.ARRAY -> type(type.getElementType());
                case Type.OBJECT ->
                    found.add(new Reference(
                            new Link(Link.Kind.CLASS, type.getInternalName(), "", ""), Use.PLAIN));
                case Type.METHOD -> {
                    type(type.getReturnType());
                    for (Type argument : type.getArgumentTypes()) {
                        type(argument);
                    }
                }
                default -> {}
            }
        }

        private void member(Link.Kind kind, String owner, String name, String descriptor, Use use) {
            if (!owner.startsWith("[")) {
                found.add(new Reference(new Link(kind, owner, name, descriptor), use));
            }
        }
    }
}
