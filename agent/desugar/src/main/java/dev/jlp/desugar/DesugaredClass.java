package dev.jlp.desugar;

import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.InvokeDynamicInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One class without {@code invokedynamic}, and the classes of its lambdas. */
final class DesugaredClass {

    private final ClassNode node = new ClassNode();
    private final Map<String, byte[]> added = new LinkedHashMap<>();
    private final Nests nests;

    private DesugaredClass(Nests nests) {
        this.nests = nests;
    }

    static DesugaredClass of(byte[] bytes, Nests nests) {
        DesugaredClass desugared = new DesugaredClass(nests);
        new ClassReader(bytes).accept(desugared.node, 0);
        for (MethodNode method : List.copyOf(desugared.node.methods)) {
            for (AbstractInsnNode each : method.instructions.toArray()) {
                if (each instanceof InvokeDynamicInsnNode site) {
                    method.instructions.set(site, desugared.call(site));
                }
            }
        }
        return desugared;
    }

    ClassNode node() {
        return node;
    }

    /** By internal name. */
    Map<String, byte[]> added() {
        return added;
    }

    /** Frames and depths of stacks stay as they were: each site became a call of the same type. */
    byte[] bytes() {
        ClassWriter writer = new ClassWriter(0);
        node.accept(writer);
        return writer.toByteArray();
    }

    private MethodInsnNode call(InvokeDynamicInsnNode site) {
        return switch (site.bsm.getOwner() + "." + site.bsm.getName()) {
            case "java/lang/invoke/LambdaMetafactory.metafactory" -> lambda(site);
            case "java/lang/runtime/ObjectMethods.bootstrap" -> ofRecord(site);
            default ->
                throw new IllegalArgumentException(node.name + " links a call site by " + site.bsm
                        + ", which has to be written in another way here");
        };
    }

    private MethodInsnNode lambda(InvokeDynamicInsnNode site) {
        String host = Nests.hostOf(node);
        LambdaClass lambda = new LambdaClass(node.name + "$$L" + added.size(), host, site);
        added.put(lambda.name(), lambda.bytes());
        nests.add(host, lambda.name());
        return new MethodInsnNode(
                Opcodes.INVOKESTATIC, lambda.name(), LambdaClass.MAKER, site.desc, false);
    }

    private MethodInsnNode ofRecord(InvokeDynamicInsnNode site) {
        MethodNode method = RecordMethod.of(site);
        node.methods.add(method);
        return new MethodInsnNode(Opcodes.INVOKESTATIC, node.name, method.name, method.desc, false);
    }
}
