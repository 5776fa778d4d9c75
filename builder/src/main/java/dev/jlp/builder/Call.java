package dev.jlp.builder;

import org.objectweb.asm.Handle;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.MethodInsnNode;

/**
 * A static method that was made for the patch.
 *
 * @param owner the class that it is in
 */
record Call(String owner, String name, String descriptor) {

    MethodInsnNode instruction() {
        return new MethodInsnNode(Opcodes.INVOKESTATIC, owner, name, descriptor, false);
    }

    /** Turns a call into this one, whose arguments are on the stack already. */
    void replace(MethodInsnNode call) {
        call.setOpcode(Opcodes.INVOKESTATIC);
        call.owner = owner;
        call.name = name;
        call.desc = descriptor;
        call.itf = false;
    }

    Handle handle() {
        return new Handle(Opcodes.H_INVOKESTATIC, owner, name, descriptor, false);
    }
}
