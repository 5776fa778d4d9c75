package dev.jlp.builder;

import org.objectweb.asm.Opcodes;

/** How many places the instructions take and give that only reckon, compare, or push a constant. */
final class StackEffects {

    /** One character for each opcode from {@code iadd} to {@code if_acmpne}. */
    private static final String TAKEN = "24242424242424242424" // arithmetic
            + "1212" // negation
            + "232323" // shifts
            + "242424" // and, or, xor
            + "0" // iinc
            + "111222111222111" // conversions
            + "42244" // comparisons
            + "11111122222222"; // jumps

    private static final String GIVEN = "12121212121212121212"
            + "1212"
            + "121212"
            + "121212"
            + "0"
            + "212112122121111"
            + "11111"
            + "00000000000000";

    private StackEffects() {}

    static int taken(int opcode) {
        if (opcode >= Opcodes.IADD && opcode <= Opcodes.IF_ACMPNE) {
            return TAKEN.charAt(opcode - Opcodes.IADD) - '0';
        }
        return switch (opcode) {
            case Opcodes.IALOAD,
                    Opcodes.LALOAD,
                    Opcodes.FALOAD,
                    Opcodes.DALOAD,
                    Opcodes.BALOAD,
                    Opcodes.CALOAD,
                    Opcodes.SALOAD,
                    Opcodes.LRETURN,
                    Opcodes.DRETURN,
                    Opcodes.POP2 -> 2;
            case Opcodes.POP,
                    Opcodes.TABLESWITCH,
                    Opcodes.LOOKUPSWITCH,
                    Opcodes.IRETURN,
                    Opcodes.FRETURN,
                    Opcodes.ARETURN,
                    Opcodes.ARRAYLENGTH,
                    Opcodes.ATHROW,
                    Opcodes.INSTANCEOF,
                    Opcodes.MONITORENTER,
                    Opcodes.MONITOREXIT,
                    Opcodes.IFNULL,
                    Opcodes.IFNONNULL -> 1;
            default -> 0;
        };
    }

    static int given(int opcode) {
        if (opcode >= Opcodes.IADD && opcode <= Opcodes.IF_ACMPNE) {
            return GIVEN.charAt(opcode - Opcodes.IADD) - '0';
        }
        return switch (opcode) {
            case Opcodes.LCONST_0,
                    Opcodes.LCONST_1,
                    Opcodes.DCONST_0,
                    Opcodes.DCONST_1,
                    Opcodes.LALOAD,
                    Opcodes.DALOAD -> 2;
            case Opcodes.IALOAD,
                    Opcodes.FALOAD,
                    Opcodes.BALOAD,
                    Opcodes.CALOAD,
                    Opcodes.SALOAD,
                    Opcodes.ARRAYLENGTH,
                    Opcodes.INSTANCEOF -> 1;
            default -> opcode >= Opcodes.ACONST_NULL && opcode <= Opcodes.SIPUSH ? 1 : 0;
        };
    }
}
