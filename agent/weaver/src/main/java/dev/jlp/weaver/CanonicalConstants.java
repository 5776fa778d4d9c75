package dev.jlp.weaver;

import org.objectweb.asm.ConstantDynamic;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.InvokeDynamicInsnNode;

/** Writes constants and call sites, compiler-made bodies by their content. */
final class CanonicalConstants {

    private final CanonicalClass type;
    private final CanonicalSink sink;

    CanonicalConstants(CanonicalClass type, CanonicalSink sink) {
        this.type = type;
        this.sink = sink;
    }

    void writeCallSite(InvokeDynamicInsnNode site) {
        sink.number(Opcodes.INVOKEDYNAMIC);
        sink.text(site.name);
        sink.text(site.desc);
        write(site.bsm);
        sink.number(site.bsmArgs.length);
        for (Object argument : site.bsmArgs) {
            write(argument);
        }
    }

    void write(Object constant) {
        if (constant instanceof Integer value) {
            tagged('I', value);
        } else if (constant instanceof Long value) {
            tagged('J', value);
        } else if (constant instanceof Float value) {
            tagged('F', Float.floatToRawIntBits(value));
        } else if (constant instanceof Double value) {
            tagged('D', Double.doubleToRawLongBits(value));
        } else if (constant instanceof String value) {
            tagged('S', value);
        } else if (constant instanceof Type value) {
            tagged('T', value.getDescriptor());
        } else if (constant instanceof Handle value) {
            write(value);
        } else if (constant instanceof ConstantDynamic value) {
            tagged('C', value.getName());
            sink.text(value.getDescriptor());
            write(value.getBootstrapMethod());
            sink.number(value.getBootstrapMethodArgumentCount());
            for (int i = 0; i < value.getBootstrapMethodArgumentCount(); i++) {
                write(value.getBootstrapMethodArgument(i));
            }
        } else {
            throw new IllegalArgumentException("an unknown constant: " + constant.getClass());
        }
    }

    private void write(Handle handle) {
        String content = type.content(handle.getOwner(), handle.getName(), handle.getDesc());
        if (content != null) {
            tagged('L', content);
            return;
        }
        int tag = handle.getTag();
        if (tag == Opcodes.H_INVOKESPECIAL
                && type.ownPrivate(handle.getOwner(), handle.getName(), handle.getDesc())) {
            tag = handle.isInterface() ? Opcodes.H_INVOKEINTERFACE : Opcodes.H_INVOKEVIRTUAL;
        }
        tagged('H', tag);
        sink.text(handle.getOwner());
        sink.text(handle.getName());
        sink.text(handle.getDesc());
        sink.number(handle.isInterface() ? 1 : 0);
    }

    private void tagged(char tag, long value) {
        sink.number(tag);
        sink.number(value);
    }

    private void tagged(char tag, String value) {
        sink.number(tag);
        sink.text(value);
    }
}
