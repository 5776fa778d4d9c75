package dev.jlp.builder;

import dev.jlp.builder.Accessors.Kind;

import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.FieldNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.InsnNode;
import org.objectweb.asm.tree.IntInsnNode;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.TypeInsnNode;

import java.util.ArrayList;
import java.util.List;

/**
 * Added enum constants. They live in a holder with a list of all constants: those of the JVM in their order, and
 * the new ones behind them, whatever their place in the fixed release, since ordinals are kept everywhere.
 */
final class Enums {

    /** How Kotlin calls arrays that are indexed by constants, of whatever enum, with a number behind. */
    static final String MAPPING = "$EnumSwitchMapping$";

    private static final String EXTENSION = "java/lang/JlpEnumConstants";

    private Enums() {}

    static boolean isConstant(FieldNode field) {
        return ClassFiles.has(field.access, Opcodes.ACC_ENUM);
    }

    /** The static field in which the compiler keeps all constants. */
    static boolean isList(ClassNode type, FieldKey field) {
        return ClassFiles.has(type.access, Opcodes.ACC_ENUM)
                && field.descriptor().equals("[L" + type.name + ";")
                && (field.name().equals("$VALUES") || field.name().equals("ENUM$VALUES"));
    }

    /** All constants that only the fixed class has. */
    static List<FieldKey> added(ClassNode before, ClassNode after) {
        List<FieldKey> added = new ArrayList<>();
        for (FieldNode field : after.fields) {
            FieldKey key = FieldKey.of(field);
            if (isConstant(field) && Holders.find(before, key) == null) {
                added.add(key);
            }
        }
        return added;
    }

    /** The names of arrays that are indexed by the constants of an enum, as compilers call them. */
    static List<FieldKey> indexed(String enumName) {
        String name = enumName.replace('/', '$');
        return List.of(
                new FieldKey("$SwitchMap$" + name, "[I"),
                new FieldKey("$SWITCH_TABLE$" + name, "[I"));
    }

    /** Arrays of a class that may be indexed by the constants of an enum that it names. */
    static List<FieldKey> mappings(ClassNode type) {
        return type.fields.stream()
                .map(FieldKey::of)
                .filter(field -> field.name().startsWith(MAPPING))
                .toList();
    }

    /** Gives the constants that a piece of the static initialiser makes the ordinals behind all others. */
    static void renumber(ClassNode before, MethodNode initialiser, List<FieldKey> added)
            throws BuildProblem {
        int ordinal = count(before);
        for (FieldKey constant : added) {
            LdcInsnNode name = nameOf(initialiser, constant.name());
            AbstractInsnNode number = name == null ? null : name.getNext();
            if (number == null || !isNumber(number)) {
                throw new BuildProblem("how the enum constant '" + Homes.dotted(before.name) + "."
                        + constant.name() + "' is made is not understood");
            }
            initialiser.instructions.set(number, new LdcInsnNode(ordinal++));
        }
    }

    static int count(ClassNode before) {
        return Math.toIntExact(before.fields.stream().filter(Enums::isConstant).count());
    }

    private static @Nullable LdcInsnNode nameOf(MethodNode initialiser, String name) {
        for (AbstractInsnNode node : initialiser.instructions) {
            if (node instanceof LdcInsnNode load
                    && name.equals(load.cst)
                    && load.getPrevious() != null
                    && load.getPrevious().getOpcode() == Opcodes.DUP) {
                return load;
            }
        }
        return null;
    }

    private static boolean isNumber(AbstractInsnNode node) {
        int opcode = node.getOpcode();
        return (opcode >= Opcodes.ICONST_0 && opcode <= Opcodes.ICONST_5)
                || (node instanceof IntInsnNode && opcode != Opcodes.NEWARRAY)
                || (node instanceof LdcInsnNode load && load.cst instanceof Integer);
    }

    /** Code that makes the list of the holder and has reflection see it. */
    static InsnList list(
            Homes homes, ClassNode before, String holder, FieldKey list, List<FieldKey> added)
            throws BuildProblem {
        String array = list.descriptor();
        InsnList code = new InsnList();
        code.add(homes.accessors()
                .field(Kind.GET_STATIC, before.name, before.name, list)
                .instruction());
        code.add(new LdcInsnNode(count(before) + added.size()));
        code.add(new MethodInsnNode(
                Opcodes.INVOKESTATIC,
                "java/util/Arrays",
                "copyOf",
                "([Ljava/lang/Object;I)[Ljava/lang/Object;",
                false));
        code.add(new TypeInsnNode(Opcodes.CHECKCAST, array));
        int ordinal = count(before);
        for (FieldKey constant : added) {
            code.add(new InsnNode(Opcodes.DUP));
            code.add(new LdcInsnNode(ordinal++));
            code.add(new FieldInsnNode(
                    Opcodes.GETSTATIC, holder, constant.name(), constant.descriptor()));
            code.add(new InsnNode(Opcodes.AASTORE));
        }
        code.add(new FieldInsnNode(Opcodes.PUTSTATIC, holder, list.name(), array));
        code.add(new LdcInsnNode(Type.getObjectType(before.name)));
        code.add(new FieldInsnNode(Opcodes.GETSTATIC, holder, list.name(), array));
        code.add(new MethodInsnNode(
                Opcodes.INVOKESTATIC,
                EXTENSION,
                "extend",
                "(Ljava/lang/Class;[Ljava/lang/Object;)V",
                false));
        code.add(new InsnNode(Opcodes.RETURN));
        return code;
    }

    /** Has the holder initialised before constants are looked for by name. */
    static void touch(MethodNode valueOf, String holder, FieldKey list) {
        InsnList code = new InsnList();
        code.add(new FieldInsnNode(Opcodes.GETSTATIC, holder, list.name(), list.descriptor()));
        code.add(new InsnNode(Opcodes.POP));
        valueOf.instructions.insert(code);
        valueOf.maxStack++;
    }
}
