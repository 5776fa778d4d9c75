package dev.jlp.desugar;

import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.commons.GeneratorAdapter;
import org.objectweb.asm.commons.Method;
import org.objectweb.asm.tree.InvokeDynamicInsnNode;

import java.util.ArrayList;
import java.util.List;

/** What {@code LambdaMetafactory} would make of a call site, as a class file. */
final class LambdaClass {

    static final String MAKER = "make";

    private static final Type OBJECT = Type.getType(Object.class);

    private final Type self;
    private final String host;
    private final Type implemented;
    private final Method method;
    private final Type[] captured;
    private final Handle body;
    private final ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);

    LambdaClass(String name, String host, InvokeDynamicInsnNode site) {
        this.self = Type.getObjectType(name);
        this.host = host;
        this.implemented = Type.getReturnType(site.desc);
        this.method = new Method(site.name, ((Type) site.bsmArgs[0]).getDescriptor());
        this.captured = Type.getArgumentTypes(site.desc);
        this.body = (Handle) site.bsmArgs[1];
    }

    String name() {
        return self.getInternalName();
    }

    byte[] bytes() {
        writer.visit(
                Opcodes.V17,
                Opcodes.ACC_FINAL | Opcodes.ACC_SUPER | Opcodes.ACC_SYNTHETIC,
                name(),
                null,
                OBJECT.getInternalName(),
                new String[] {implemented.getInternalName()});
        writer.visitNestHost(host);
        for (int i = 0; i < captured.length; i++) {
            int access = Opcodes.ACC_PRIVATE | Opcodes.ACC_FINAL;
            writer.visitField(access, field(i), captured[i].getDescriptor(), null, null);
        }
        constructor();
        maker();
        implementation();
        writer.visitEnd();
        return writer.toByteArray();
    }

    private static String field(int index) {
        return "captured" + index;
    }

    private GeneratorAdapter begin(int access, Method which) {
        return new GeneratorAdapter(access, which, null, null, writer);
    }

    private static void end(GeneratorAdapter code) {
        code.returnValue();
        code.endMethod();
    }

    private Method ofConstructor() {
        return new Method("<init>", Type.VOID_TYPE, captured);
    }

    private void constructor() {
        GeneratorAdapter code = begin(Opcodes.ACC_PRIVATE, ofConstructor());
        code.loadThis();
        code.invokeConstructor(OBJECT, new Method("<init>", "()V"));
        for (int i = 0; i < captured.length; i++) {
            code.loadThis();
            code.loadArg(i);
            code.putField(self, field(i), captured[i]);
        }
        end(code);
    }

    private void maker() {
        Method maker = new Method(MAKER, implemented, captured);
        GeneratorAdapter code = begin(Opcodes.ACC_STATIC, maker);
        code.newInstance(self);
        code.dup();
        code.loadArgs();
        code.invokeConstructor(self, ofConstructor());
        end(code);
    }

    private void implementation() {
        GeneratorAdapter code = begin(Opcodes.ACC_PUBLIC, method);
        boolean makes = body.getTag() == Opcodes.H_NEWINVOKESPECIAL;
        if (makes) {
            code.newInstance(owner());
            code.dup();
        }
        List<Type> taken = taken();
        for (int i = 0; i < captured.length; i++) {
            code.loadThis();
            code.getField(self, field(i), captured[i]);
        }
        Type[] given = method.getArgumentTypes();
        for (int i = 0; i < given.length; i++) {
            code.loadArg(i);
            convert(code, given[i], taken.get(captured.length + i));
        }
        call(code);
        Type answered = makes ? owner() : Type.getReturnType(body.getDesc());
        answer(code, answered);
        end(code);
    }

    private Type owner() {
        return Type.getObjectType(body.getOwner());
    }

    /** What the body takes: the object that it is called on first, if there is one. */
    private List<Type> taken() {
        List<Type> taken = new ArrayList<>();
        if (body.getTag() != Opcodes.H_INVOKESTATIC
                && body.getTag() != Opcodes.H_NEWINVOKESPECIAL) {
            taken.add(owner());
        }
        taken.addAll(List.of(Type.getArgumentTypes(body.getDesc())));
        return taken;
    }

    private void call(GeneratorAdapter code) {
        Method called = new Method(body.getName(), body.getDesc());
        switch (body.getTag()) {
            case Opcodes.H_NEWINVOKESPECIAL -> code.invokeConstructor(owner(), called);
            case Opcodes.H_INVOKESTATIC ->
                code.visitMethodInsn(
                        Opcodes.INVOKESTATIC,
                        body.getOwner(),
                        body.getName(),
                        body.getDesc(),
                        body.isInterface());
            case Opcodes.H_INVOKEVIRTUAL, Opcodes.H_INVOKEINTERFACE, Opcodes.H_INVOKESPECIAL ->
                callOnObject(code, called);
            default -> throw new IllegalArgumentException(name() + " refers to " + body);
        }
    }

    /** A private body is called without {@code invokespecial} by those of its nest. */
    private void callOnObject(GeneratorAdapter code, Method called) {
        if (body.getTag() == Opcodes.H_INVOKESPECIAL && !called.getName().startsWith("lambda$")) {
            throw new IllegalArgumentException(name() + " calls past an override: " + body);
        }
        if (body.isInterface()) {
            code.invokeInterface(owner(), called);
        } else {
            code.invokeVirtual(owner(), called);
        }
    }

    private void answer(GeneratorAdapter code, Type answered) {
        Type wanted = method.getReturnType();
        if (wanted.equals(Type.VOID_TYPE)) {
            drop(code, answered);
        } else {
            convert(code, answered, wanted);
        }
    }

    private static void drop(GeneratorAdapter code, Type answered) {
        if (answered.getSize() == 2) {
            code.pop2();
        } else if (answered.getSize() == 1) {
            code.pop();
        }
    }

    private static void convert(GeneratorAdapter code, Type from, Type to) {
        if (isPrimitive(from) && isPrimitive(to)) {
            code.cast(from, to);
        } else if (isPrimitive(from)) {
            code.valueOf(from);
        } else {
            code.unbox(to); // a plain cast, where it is no primitive
        }
    }

    private static boolean isPrimitive(Type type) {
        return type.getSort() < Type.ARRAY;
    }
}
