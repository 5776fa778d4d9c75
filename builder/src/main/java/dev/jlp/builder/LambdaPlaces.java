package dev.jlp.builder;

import org.objectweb.asm.Handle;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.InvokeDynamicInsnNode;
import org.objectweb.asm.tree.MethodNode;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which named method of a class makes a lambda, itself or by a lambda in it, and in which order: what the lambda's own
 * name tells with some compilers only.
 */
final class LambdaPlaces {

    private final ClassNode type;
    private final ClassNode other;
    private final Map<MethodNode, String> places = new LinkedHashMap<>();

    private LambdaPlaces(ClassNode type, ClassNode other) {
        this.type = type;
        this.other = other;
    }

    /**
     * The methods around lambdas, in the order in which the lambdas are made.
     *
     * @param other the same class of the other release: a method that is not in it may be there with other arguments
     */
    static Map<MethodNode, String> of(ClassNode type, ClassNode other) {
        LambdaPlaces found = new LambdaPlaces(type, other);
        for (MethodNode method : type.methods) {
            // Names all serialisable ones once more.
            if (!NumberedNames.isLambda(method) && !method.name.equals("$deserializeLambda$")) {
                found.walk(method, found.place(method));
            }
        }
        return found.places;
    }

    private String place(MethodNode method) {
        boolean inBoth = ClassFiles.method(other, method.name, method.desc) != null;
        return inBoth ? method.name + method.desc : method.name;
    }

    private void walk(MethodNode method, String place) {
        for (MethodNode lambda : made(method)) {
            if (places.putIfAbsent(lambda, place) == null) {
                walk(lambda, place);
            }
        }
    }

    private List<MethodNode> made(MethodNode method) {
        List<MethodNode> made = new ArrayList<>();
        for (AbstractInsnNode node : method.instructions) {
            if (node instanceof InvokeDynamicInsnNode dynamic) {
                for (Object argument : dynamic.bsmArgs) {
                    if (argument instanceof Handle handle && handle.getOwner().equals(type.name)) {
                        MethodNode body =
                                ClassFiles.method(type, handle.getName(), handle.getDesc());
                        if (body != null && NumberedNames.isLambda(body)) {
                            made.add(body);
                        }
                    }
                }
            }
        }
        return made;
    }
}
