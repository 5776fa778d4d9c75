package dev.jlp.builder;

import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.FieldNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;

import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** A class beside a released one that holds some of its static fields, in a loader of its own. */
final class Holder extends URLClassLoader {

    private final Map<String, byte[]> classes = new HashMap<>();

    /** A loader of a release whose members are open to everybody. */
    Holder(Release release, URL... others) throws BuildProblem {
        super(others, ClassLoader.getPlatformClassLoader());
        for (String name : release.classes().keySet()) {
            ClassNode type = release.parse(name);
            open(type);
            classes.put(name.replace('/', '.'), ClassFiles.write(type));
        }
    }

    private static void open(ClassNode type) {
        int shut = Opcodes.ACC_PRIVATE | Opcodes.ACC_PROTECTED;
        type.access = (type.access & ~shut) | Opcodes.ACC_PUBLIC;
        type.methods.stream()
                .filter(method -> !method.name.equals("<clinit>"))
                .forEach(method -> method.access = (method.access & ~shut) | Opcodes.ACC_PUBLIC);
        type.fields.forEach(field -> field.access = (field.access & ~shut) | Opcodes.ACC_PUBLIC);
    }

    /** Adds a class with these fields and a method that sets them; with copies of helpers if it runs. */
    String add(ClassNode owner, Set<FieldKey> fields, MethodNode slice, String method) {
        ClassNode holder = new ClassNode();
        holder.version = owner.version;
        holder.access = Opcodes.ACC_PUBLIC | Opcodes.ACC_SUPER;
        holder.name = owner.name + "$holder" + classes.size();
        holder.superName = "java/lang/Object";
        for (FieldNode field : owner.fields) {
            if (fields.contains(FieldKey.of(field))) {
                holder.fields.add(new FieldNode(
                        Opcodes.ACC_PUBLIC | Opcodes.ACC_STATIC,
                        field.name,
                        field.desc,
                        null,
                        field.value));
            }
        }
        MethodNode body = ClassFiles.copy(slice);
        body.name = method;
        holder.methods.add(body);
        for (MethodNode helper : owner.methods) {
            if (method.equals("<clinit>")
                    && !helper.name.equals("<clinit>")
                    && ClassFiles.has(helper.access, Opcodes.ACC_STATIC)) {
                MethodNode copy = ClassFiles.copy(helper);
                copy.access = Opcodes.ACC_PUBLIC | Opcodes.ACC_STATIC;
                holder.methods.add(copy);
            }
        }
        holder.methods.forEach(moved -> redirect(moved, owner.name, holder, fields));
        ClassWriter writer = new ClassWriter(0);
        holder.accept(writer);
        String name = holder.name.replace('/', '.');
        classes.put(name, writer.toByteArray());
        return name;
    }

    /** Lets a method that has moved use the fields and methods that have moved too. */
    private static void redirect(
            MethodNode method, String owner, ClassNode holder, Set<FieldKey> fields) {
        for (AbstractInsnNode node : method.instructions) {
            if (node instanceof FieldInsnNode access
                    && access.owner.equals(owner)
                    && fields.contains(FieldKey.of(access))) {
                access.owner = holder.name;
            } else if (node instanceof MethodInsnNode call
                    && call.getOpcode() == Opcodes.INVOKESTATIC
                    && call.owner.equals(owner)
                    && ClassFiles.method(holder, call.name, call.desc) != null) {
                call.owner = holder.name;
                call.itf = false;
            }
        }
    }

    /** The values of fields once their class is initialised. */
    Map<String, String> values(String type, Set<FieldKey> fields) throws Exception {
        Class<?> initialised = Class.forName(type, true, this);
        Map<String, String> values = new TreeMap<>();
        for (FieldKey key : fields) {
            Field field = initialised.getField(key.name());
            values.put(key.name(), text(field.get(null)));
        }
        return values;
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        byte[] bytes = classes.get(name);
        return bytes == null ? super.findClass(name) : defineClass(name, bytes, 0, bytes.length);
    }

    private static String text(@Nullable Object value) {
        if (value == null) {
            return "null";
        }
        if (value.getClass().isArray()) {
            List<String> items = new ArrayList<>();
            for (int i = 0; i < Array.getLength(value); i++) {
                items.add(text(Array.get(value, i)));
            }
            return items.toString();
        }
        if (value instanceof Map<?, ?> map) {
            return new TreeSet<>(map.entrySet().stream()
                            .map(entry -> text(entry.getKey()) + "=" + text(entry.getValue()))
                            .toList())
                    .toString();
        }
        if (value instanceof Collection<?> items) {
            return items.stream().map(Holder::text).sorted().collect(Collectors.joining(", "));
        }
        boolean known = value instanceof String
                || value instanceof Number
                || value instanceof Boolean
                || value instanceof Enum;
        return known ? value.toString() : "an object";
    }
}
