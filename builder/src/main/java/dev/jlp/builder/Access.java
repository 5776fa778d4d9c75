package dev.jlp.builder;

import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.ClassNode;

/**
 * Who may name what in the JVM: in the classes as they are before the patch, since a redefinition opens
 * nothing, and in those that the patch adds.
 */
final class Access {

    private final World world;
    private final Hierarchy hierarchy;

    Access(World world, Hierarchy hierarchy) {
        this.world = world;
        this.hierarchy = hierarchy;
    }

    /** Whether code in a class may use a member with these flags; what is around is let be. */
    boolean allows(String from, String owner, int access) throws BuildProblem {
        if (ClassFiles.has(access, Opcodes.ACC_PUBLIC) || from.equals(owner)) {
            return true;
        }
        if (ClassFiles.has(access, Opcodes.ACC_PRIVATE)) {
            return nestHost(from).equals(nestHost(owner));
        }
        return samePackage(from, owner)
                || (ClassFiles.has(access, Opcodes.ACC_PROTECTED)
                        && world.exists(from)
                        && hierarchy.inherits(from, owner));
    }

    /** Why code in a class can't name another class; null if it can. */
    @Nullable
    String obstacle(String from, String name) throws BuildProblem {
        ClassNode type = world.inOriginal(name) ? world.before(name) : null;
        boolean open = type == null
                || ClassFiles.has(type.access, Opcodes.ACC_PUBLIC)
                || samePackage(from, name);
        return open ? null : "'" + name.replace('/', '.') + "' is not public";
    }

    /** A class is in the nest that it names only if the host as it is before names it too. */
    private String nestHost(String name) throws BuildProblem {
        ClassNode type = world.exists(name) ? hierarchy.type(name, Hierarchy.Side.BEFORE) : null;
        if (type == null || type.nestHostClass == null) {
            return name;
        }
        ClassNode host = hierarchy.type(type.nestHostClass, Hierarchy.Side.BEFORE);
        boolean member =
                host != null && host.nestMembers != null && host.nestMembers.contains(name);
        return member ? type.nestHostClass : name;
    }

    static boolean samePackage(String left, String right) {
        return ClassFiles.packageOf(left).equals(ClassFiles.packageOf(right));
    }
}
