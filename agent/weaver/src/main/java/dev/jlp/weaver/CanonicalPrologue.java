package dev.jlp.weaver;

import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.FieldNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.VarInsnNode;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;

/**
 * The part of a constructor that stores the outer instance and captured variables. javacs store
 * them in different orders, and only some keep an outer instance that the class does not read.
 */
final class CanonicalPrologue {

    private record Store(AbstractInsnNode self, AbstractInsnNode value, FieldInsnNode field) {}

    private final CanonicalClass type;
    private final List<AbstractInsnNode> all;
    private final BitSet targets;

    CanonicalPrologue(CanonicalClass type, List<AbstractInsnNode> all, BitSet targets) {
        this.type = type;
        this.all = all;
        this.targets = targets;
    }

    /** Orders each run of such stores by field, and drops what nobody reads. */
    void normalise(BitSet dropped) {
        for (int at = 0; at + 2 < all.size(); at++) {
            int end = at;
            while (isStore(end)) {
                end += 3;
            }
            if (end > at) {
                order(at, end);
                drop(at, end, dropped);
                at = end - 1;
            }
        }
    }

    private boolean isStore(int at) {
        return at + 2 < all.size()
                && all.get(at) instanceof VarInsnNode self
                && self.getOpcode() == Opcodes.ALOAD
                && self.var == 0
                && all.get(at + 1) instanceof VarInsnNode value
                && value.getOpcode() <= Opcodes.ALOAD
                && all.get(at + 2) instanceof FieldInsnNode store
                && store.getOpcode() == Opcodes.PUTFIELD
                && isCapture(store)
                && !targets.get(at)
                && !targets.get(at + 1)
                && !targets.get(at + 2);
    }

    private boolean isCapture(FieldInsnNode store) {
        if (!store.owner.equals(type.type().name)
                || !(store.name.startsWith("this$") || store.name.startsWith("val$"))) {
            return false;
        }
        for (FieldNode own : type.type().fields) {
            if (own.name.equals(store.name)) {
                return (own.access & Opcodes.ACC_SYNTHETIC) != 0;
            }
        }
        return false;
    }

    private void order(int start, int end) {
        List<Store> stores = new ArrayList<>();
        for (int i = start; i < end; i += 3) {
            stores.add(new Store(all.get(i), all.get(i + 1), (FieldInsnNode) all.get(i + 2)));
        }
        stores.sort(Comparator.comparing(store -> store.field().name));
        int at = start;
        for (Store store : stores) {
            all.set(at++, store.self());
            all.set(at++, store.value());
            all.set(at++, store.field());
        }
    }

    private void drop(int start, int end, BitSet dropped) {
        for (int i = start; i < end; i += 3) {
            FieldInsnNode store = (FieldInsnNode) all.get(i + 2);
            if (store.name.startsWith("this$") && !isRead(store.name)) {
                dropped.set(i, i + 3);
            }
        }
    }

    private boolean isRead(String field) {
        for (MethodNode method : type.type().methods) {
            for (AbstractInsnNode node : method.instructions) {
                if (node instanceof FieldInsnNode read
                        && read.getOpcode() == Opcodes.GETFIELD
                        && read.name.equals(field)
                        && read.owner.equals(type.type().name)) {
                    return true;
                }
            }
        }
        return false;
    }
}
