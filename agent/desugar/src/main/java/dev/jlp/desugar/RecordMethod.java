package dev.jlp.desugar;

import org.objectweb.asm.Handle;
import org.objectweb.asm.Label;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.commons.GeneratorAdapter;
import org.objectweb.asm.commons.Method;
import org.objectweb.asm.tree.InvokeDynamicInsnNode;
import org.objectweb.asm.tree.MethodNode;

import java.util.Objects;

/** What {@code ObjectMethods} would make of a record, as a static method of it. */
final class RecordMethod {

    private static final Type BUILDER = Type.getType(StringBuilder.class);
    private static final Type CLASS = Type.getType(Class.class);
    private static final Type OBJECT = Type.getType(Object.class);
    private static final Type OBJECTS = Type.getType(Objects.class);

    private final Type self;
    private final String[] names;
    private final Object[] arguments;
    private final MethodNode method;
    private final GeneratorAdapter code;

    private RecordMethod(InvokeDynamicInsnNode site) {
        self = (Type) site.bsmArgs[0];
        String joined = (String) site.bsmArgs[1];
        names = joined.isEmpty() ? new String[0] : joined.split(";", -1);
        arguments = site.bsmArgs;
        int access = Opcodes.ACC_PRIVATE | Opcodes.ACC_STATIC | Opcodes.ACC_SYNTHETIC;
        method = new MethodNode(access, "record$" + site.name, site.desc, null, null);
        code = new GeneratorAdapter(method, access, method.name, method.desc);
    }

    static MethodNode of(InvokeDynamicInsnNode site) {
        RecordMethod made = new RecordMethod(site);
        switch (site.name) {
            case "equals" -> made.equals();
            case "hashCode" -> made.hash();
            case "toString" -> made.text();
            default -> throw new IllegalArgumentException("a record has no " + site.name);
        }
        made.code.returnValue();
        made.method.maxLocals = 2;
        made.method.maxStack = 6; // two of a kind of two words, and what they are combined with
        return made.method;
    }

    private void load(int argument, Handle component) {
        code.loadArg(argument);
        if (argument == 1) {
            code.checkCast(self);
        }
        code.getField(self, component.getName(), Type.getType(component.getDesc()));
    }

    private Handle component(int index) {
        return (Handle) arguments[2 + index];
    }

    private void equals() {
        Label differs = code.newLabel();
        code.loadArg(1);
        code.instanceOf(self);
        code.ifZCmp(GeneratorAdapter.EQ, differs);
        for (int i = 0; i < names.length; i++) {
            load(0, component(i));
            load(1, component(i));
            jumpIfNotEqual(Type.getType(component(i).getDesc()), differs);
        }
        code.push(true);
        code.returnValue();
        code.mark(differs);
        Object[] locals = {self.getInternalName(), OBJECT.getInternalName()};
        code.visitFrame(Opcodes.F_NEW, locals.length, locals, 0, new Object[0]);
        code.push(false);
    }

    private void jumpIfNotEqual(Type type, Label differs) {
        switch (type.getSort()) {
            case Type.ARRAY, Type.OBJECT -> {
                Method equals = new Method("equals", "(Ljava/lang/Object;Ljava/lang/Object;)Z");
                code.invokeStatic(OBJECTS, equals);
                code.ifZCmp(GeneratorAdapter.EQ, differs);
            }
            case Type.FLOAT, Type.DOUBLE -> {
                Method compare = new Method("compare", Type.INT_TYPE, new Type[] {type, type});
                code.invokeStatic(boxed(type), compare);
                code.ifZCmp(GeneratorAdapter.NE, differs);
            }
            default -> code.ifCmp(type, GeneratorAdapter.NE, differs);
        }
    }

    private void hash() {
        code.push(0);
        for (int i = 0; i < names.length; i++) {
            code.push(31);
            code.math(GeneratorAdapter.MUL, Type.INT_TYPE);
            Type type = Type.getType(component(i).getDesc());
            load(0, component(i));
            boolean primitive = type.getSort() < Type.ARRAY;
            code.invokeStatic(
                    primitive ? boxed(type) : OBJECTS,
                    new Method("hashCode", Type.INT_TYPE, new Type[] {primitive ? type : OBJECT}));
            code.math(GeneratorAdapter.ADD, Type.INT_TYPE);
        }
    }

    private void text() {
        code.newInstance(BUILDER);
        code.dup();
        code.invokeConstructor(BUILDER, new Method("<init>", "()V"));
        code.push(self);
        code.invokeVirtual(CLASS, Method.getMethod("String getSimpleName()"));
        append(Type.getType(String.class));
        for (int i = 0; i < names.length; i++) {
            code.push((i == 0 ? "[" : ", ") + names[i] + "=");
            append(Type.getType(String.class));
            load(0, component(i));
            append(appended(Type.getType(component(i).getDesc())));
        }
        code.push(names.length == 0 ? "[]" : "]");
        append(Type.getType(String.class));
        code.invokeVirtual(BUILDER, Method.getMethod("String toString()"));
    }

    private void append(Type type) {
        code.invokeVirtual(BUILDER, new Method("append", BUILDER, new Type[] {type}));
    }

    private static Type appended(Type type) {
        return switch (type.getSort()) {
            case Type.BYTE, Type.SHORT -> Type.INT_TYPE;
            case Type.ARRAY, Type.OBJECT -> OBJECT;
            default -> type;
        };
    }

    private static Type boxed(Type type) {
        return Type.getType(
                switch (type.getSort()) {
                    case Type.BOOLEAN -> Boolean.class;
                    case Type.BYTE -> Byte.class;
                    case Type.CHAR -> Character.class;
                    case Type.SHORT -> Short.class;
                    case Type.INT -> Integer.class;
                    case Type.LONG -> Long.class;
                    case Type.FLOAT -> Float.class;
                    case Type.DOUBLE -> Double.class;
                    default -> throw new IllegalArgumentException(type.toString());
                });
    }
}
