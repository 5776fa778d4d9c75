package dev.jlp.builder;

import org.objectweb.asm.Handle;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.InvokeDynamicInsnNode;
import org.objectweb.asm.tree.MethodNode;

import java.util.HashMap;
import java.util.Map;

/**
 * Ways to members that the JVM does not open to code of a patch: static methods of a companion, whose call
 * site is linked once by a private lookup in the class and costs nothing once compiled.
 */
final class Accessors {

    private static final Handle LINK = new Handle(
            Opcodes.H_INVOKESTATIC,
            "java/lang/JlpMembers",
            "link",
            "(Ljava/lang/invoke/MethodHandles$Lookup;Ljava/lang/String;Ljava/lang/invoke/MethodType;"
                    + "Ljava/lang/Class;Ljava/lang/Class;I)Ljava/lang/invoke/CallSite;",
            false);

    /** How a member is used; the number is known to {@code dev.jlp.api.Members}. */
    enum Kind {
        STATIC("call$", 0),
        VIRTUAL("call$", 1),
        SPECIAL("super$", 2),
        CONSTRUCTOR("new$", 3),
        GET("get$", 4),
        SET("set$", 5),
        GET_STATIC("get$", 6),
        SET_STATIC("set$", 7),
        ALLOCATION("allocate$", 8);

        private final String prefix;
        private final int number;

        Kind(String prefix, int number) {
            this.prefix = prefix;
            this.number = number;
        }
    }

    private final Homes homes;
    private final Map<String, Call> made = new HashMap<>();

    Accessors(Homes homes) {
        this.homes = homes;
    }

    /**
     * A way to a method.
     *
     * @param in the class whose rights are used
     * @param owner the class that is named
     */
    Call method(Kind kind, String in, String owner, String name, String descriptor)
            throws BuildProblem {
        return switch (kind) {
            case STATIC -> accessor(kind, in, owner, name, descriptor);
            case CONSTRUCTOR -> {
                String result =
                        descriptor.substring(0, descriptor.length() - 1) + "L" + owner + ";";
                yield accessor(kind, in, owner, "new", result);
            }
            default ->
                accessor(
                        kind,
                        in,
                        owner,
                        name,
                        AddedMethods.withReceiver(
                                kind == Kind.SPECIAL || !in.equals(owner) ? in : owner,
                                descriptor));
        };
    }

    /** A way to an object of a class that only its superclass's constructor has seen. */
    Call allocation(String above, String owner, String descriptor) throws BuildProblem {
        String result = descriptor.substring(0, descriptor.length() - 1) + "L" + owner + ";";
        return accessor(Kind.ALLOCATION, above, owner, "allocate", result);
    }

    Call field(Kind kind, String in, String owner, FieldKey field) throws BuildProblem {
        String type = field.descriptor();
        String object = "L" + (in.equals(owner) ? owner : in) + ";";
        String descriptor = switch (kind) {
            case GET -> "(" + object + ")" + type;
            case SET -> "(" + object + type + ")V";
            case GET_STATIC -> "()" + type;
            default -> "(" + type + ")V";
        };
        return accessor(kind, in, owner, field.name(), descriptor);
    }

    private Call accessor(Kind kind, String in, String owner, String name, String descriptor)
            throws BuildProblem {
        String key = kind + " " + in + " " + owner + " " + name + descriptor;
        Call known = made.get(key);
        if (known != null) {
            return known;
        }
        Companion companion = homes.access(in);
        MethodNode method = companion.method(kind.prefix + name, descriptor);
        method.instructions.add(Code.arguments(descriptor));
        method.instructions.add(new InvokeDynamicInsnNode(
                name,
                descriptor,
                LINK,
                Type.getObjectType(in),
                Type.getObjectType(owner),
                kind.number));
        method.instructions.add(Code.result(descriptor));
        method.maxLocals = Code.size(descriptor);
        method.maxStack = method.maxLocals + 2;
        Call call = companion.call(method);
        made.put(key, call);
        return call;
    }
}
