package dev.jlp.builder;

import dev.jlp.builder.Accessors.Kind;
import dev.jlp.builder.Constructions.Detour;
import dev.jlp.builder.Hierarchy.Member;
import dev.jlp.builder.Hierarchy.Side;
import dev.jlp.builder.Hierarchy.State;
import dev.jlp.patch.MethodId;

import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ConstantDynamic;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.InvokeDynamicInsnNode;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.MultiANewArrayInsnNode;
import org.objectweb.asm.tree.TryCatchBlockNode;
import org.objectweb.asm.tree.TypeInsnNode;

/**
 * Rewrites one body of the fixed release for a JVM whose classes keep the shape of the original: what they
 * can't have is called and read where it has its home, and what they don't open is reached by accessors.
 */
final class Lowering {

    private final Homes homes;
    private final Context context;
    private final MethodNode body;
    private final Allocations allocations;
    private final EarlyWrites earlyWrites;

    Lowering(Homes homes, Context context, MethodNode body) {
        this.homes = homes;
        this.context = context;
        this.body = body;
        this.allocations = new Allocations(context.logical(), body);
        this.earlyWrites = new EarlyWrites(body);
    }

    /** In place. */
    void lower() throws BuildProblem {
        AbstractInsnNode[] nodes = body.instructions.toArray();
        homes.changes().keepRemoved(body);
        for (AbstractInsnNode node : nodes) {
            if (node instanceof MethodInsnNode call) {
                names(Type.getObjectType(call.owner));
                call(call);
            } else if (node instanceof FieldInsnNode field) {
                names(Type.getObjectType(field.owner));
                field(field);
            } else if (node instanceof InvokeDynamicInsnNode site) {
                site(site);
            } else if (node instanceof LdcInsnNode load) {
                load.cst = constant(load.cst);
            } else if (node instanceof TypeInsnNode type) {
                names(Type.getObjectType(type.desc));
                cast(type);
            } else if (node instanceof MultiANewArrayInsnNode array) {
                names(Type.getType(array.desc));
            }
        }
        for (TryCatchBlockNode block : body.tryCatchBlocks) {
            if (block.type != null) {
                names(Type.getObjectType(block.type));
            }
        }
        earlyWrites.finish();
        allocations.finish();
        body.localVariables = null;
        body.visibleLocalVariableAnnotations = null;
        body.invisibleLocalVariableAnnotations = null;
        body.maxStack = ClassFiles.stackOf(body);
    }

    private void names(Type type) throws BuildProblem {
        switch (type.getSort()) {
            case Type.ARRAY -> names(type.getElementType());
            case Type.OBJECT -> homes.nameClass(context.actual(), type.getInternalName());
            case Type.METHOD -> {
                names(type.getReturnType());
                for (Type argument : type.getArgumentTypes()) {
                    names(argument);
                }
            }
            default -> {}
        }
    }

    private void call(MethodInsnNode call) throws BuildProblem {
        if (call.owner.startsWith("[")) {
            return;
        }
        if (call.name.equals("<init>")) {
            construct(call);
            return;
        }
        if (homes.made().isMaker(call)) {
            return;
        }
        if (homes.adoptions().concerns(call)) {
            homes.adoptions()
                    .call(call.owner, new MethodId(call.name, call.desc))
                    .replace(call);
            return;
        }
        boolean special = call.getOpcode() == Opcodes.INVOKESPECIAL;
        Call home = home(
                call.owner, new MethodId(call.name, call.desc), kind(call.getOpcode()), special);
        if (home != null) {
            home.replace(call);
        }
    }

    private void cast(TypeInsnNode type) throws BuildProblem {
        if (homes.adoptions().concerns(type)) {
            Call call = type.getOpcode() == Opcodes.INSTANCEOF
                    ? homes.adoptions().test(type.desc)
                    : homes.adoptions().cast(type.desc);
            body.instructions.set(type, call.instruction());
        }
    }

    private static Kind kind(int opcode) {
        return switch (opcode) {
            case Opcodes.INVOKESTATIC, Opcodes.H_INVOKESTATIC -> Kind.STATIC;
            case Opcodes.INVOKESPECIAL -> Kind.SPECIAL;
            default -> Kind.VIRTUAL;
        };
    }

    /** What is to be called in place of a method; null if it can be called as it is. */
    private @Nullable Call home(String owner, MethodId id, Kind kind, boolean special)
            throws BuildProblem {
        Member after = homes.hierarchy().resolve(owner, id.name(), id.descriptor(), Side.AFTER);
        if (after.state() != State.FOUND) {
            return kept(owner, id, kind);
        }
        boolean added = homes.methods().isAdded(after.owner(), id);
        if (added || (special && becomesConcrete(after, id))) {
            return added(id, after, special);
        }
        if (special && homes.overrides().isWoven(after.owner(), id)) {
            return homes.overrides().past(after.owner(), id);
        }
        return kept(owner, id, kind);
    }

    /** A super call of a method that has no body in the JVM. */
    private boolean becomesConcrete(Member after, MethodId id) throws BuildProblem {
        if (!homes.world().inOriginal(after.owner()) || after.isAbstract()) {
            return false;
        }
        Integer before =
                Hierarchy.declared(homes.before(after.owner()), id.name(), id.descriptor());
        return before != null && ClassFiles.has(before, Opcodes.ACC_ABSTRACT);
    }

    private @Nullable Call added(MethodId id, Member after, boolean special) throws BuildProblem {
        if (after.isStatic() || after.isPrivate() || special) {
            return homes.methods().body(after.owner(), id);
        }
        Member before = Overrides.overridden(homes.hierarchy(), homes.before(after.owner()), id);
        boolean outside = !homes.world().inOriginal(before.owner()) && !before.isAbstract();
        if (before.state() == State.FOUND && !outside) {
            return null; // an override: whatever finds the inherited one finds it
        }
        return homes.methods().dispatch(after.owner(), id);
    }

    private @Nullable Call kept(String owner, MethodId id, Kind kind) throws BuildProblem {
        Member found = homes.hierarchy().resolve(owner, id.name(), id.descriptor(), Side.BEFORE);
        if (found.state() == State.UNKNOWN) {
            return null;
        }
        if (found.state() == State.MISSING) {
            homes.problem("'" + Homes.dotted(owner) + "." + id + "' does not exist there");
            return null;
        }
        if (kind == Kind.SPECIAL) {
            return context.moved()
                    ? homes.accessors()
                            .method(kind, context.logical(), owner, id.name(), id.descriptor())
                    : null;
        }
        if (isOpen(found)) {
            return null;
        }
        return homes.accessors().method(kind, rights(found), owner, id.name(), id.descriptor());
    }

    private boolean isOpen(Member member) throws BuildProblem {
        boolean around =
                !homes.world().inOriginal(member.owner()) && !homes.world().isAdded(member.owner());
        boolean inherited = ClassFiles.has(member.access(), Opcodes.ACC_PROTECTED)
                && context.moved()
                && !Access.samePackage(context.actual(), member.owner());
        if (around) {
            return !inherited;
        }
        return homes.access().allows(context.actual(), member.owner(), member.access());
    }

    /** The class whose rights open a member: its own, or for a protected one that of the heir. */
    private String rights(Member member) throws BuildProblem {
        boolean heir = ClassFiles.has(member.access(), Opcodes.ACC_PROTECTED)
                && homes.hierarchy().inherits(context.logical(), member.owner());
        return heir ? context.logical() : member.owner();
    }

    private void construct(MethodInsnNode call) throws BuildProblem {
        MethodId id = new MethodId(call.name, call.desc);
        if (homes.made().isMade(call.owner)) {
            replaceAllocation(call, MadeClasses.maker(call.owner, call.desc));
            return;
        }
        if (homes.world().inOriginal(call.owner) && homes.methods().isAdded(call.owner, id)) {
            constructAdded(call, id);
            return;
        }
        Member found = homes.hierarchy().resolve(call.owner, call.name, call.desc, Side.BEFORE);
        if (found.state() == State.FOUND && !isOpenConstructor(call.owner, found)) {
            Call made = homes.accessors()
                    .method(Kind.CONSTRUCTOR, call.owner, call.owner, "<init>", call.desc);
            replaceAllocation(call, made);
        }
    }

    private boolean isOpenConstructor(String owner, Member found) throws BuildProblem {
        if (!homes.world().inOriginal(owner) && !homes.world().isAdded(owner)) {
            return true;
        }
        return homes.access().allows(context.actual(), owner, found.access());
    }

    private void constructAdded(MethodInsnNode call, MethodId id) throws BuildProblem {
        Detour detour = homes.constructions().detour(call.owner, id);
        Member host = homes.hierarchy()
                .resolve(call.owner, detour.host().name(), detour.host().descriptor(), Side.BEFORE);
        if (!isOpenConstructor(call.owner, host)) {
            replaceAllocation(call, homes.constructions().factory(call.owner, id));
            return;
        }
        InsnList before = new InsnList();
        before.add(detour.begin().instruction());
        for (Type type : Type.getArgumentTypes(detour.host().descriptor())) {
            before.add(Code.zero(type));
        }
        body.instructions.insertBefore(call, before);
        body.instructions.insert(call, detour.end().instruction());
        call.desc = detour.host().descriptor();
        body.maxStack += Code.size(detour.host().descriptor());
    }

    private void replaceAllocation(MethodInsnNode call, Call made) {
        if (!allocations.remove(call)) {
            homes.problem("'" + Homes.dotted(call.owner) + "' is made in a way that can't be"
                    + " rewritten, by a constructor that is not accessible there");
            return;
        }
        made.replace(call);
    }

    private void field(FieldInsnNode access) throws BuildProblem {
        FieldKey key = new FieldKey(access.name, access.desc);
        Member after =
                homes.hierarchy().resolve(access.owner, access.name, access.desc, Side.AFTER);
        if (after.state() != State.FOUND) {
            keptField(access, key);
            return;
        }
        boolean isStatic =
                access.getOpcode() == Opcodes.GETSTATIC || access.getOpcode() == Opcodes.PUTSTATIC;
        boolean inOriginal = homes.world().inOriginal(after.owner());
        if (inOriginal && isStatic) {
            String holder = homes.holders().holder(after.owner(), key);
            if (holder != null) {
                access.owner = holder;
                return;
            }
        }
        Integer before = inOriginal
                ? Hierarchy.declared(homes.before(after.owner()), key.name(), key.descriptor())
                : null;
        boolean added = inOriginal
                && (before == null || ClassFiles.has(before, Opcodes.ACC_STATIC) != isStatic);
        boolean thawed = !isStatic && homes.changes().isMoved(after.owner(), key);
        if (added || (thawed && !initialises(access, after.owner()))) {
            shadow(access, after.owner(), key);
        } else if (before != null && losesFinal(access, before)) {
            homes.problem(
                    "'" + Homes.dotted(after.owner()) + "." + key.name() + "' is final there");
        } else {
            unhide(access, after);
            keptField(access, key);
        }
    }

    /** A field that the fixed release removes must not hide the one that it means. */
    private void unhide(FieldInsnNode access, Member after) throws BuildProblem {
        Member before =
                homes.hierarchy().resolve(access.owner, access.name, access.desc, Side.BEFORE);
        if (before.state() == State.FOUND && !before.owner().equals(after.owner())) {
            access.owner = after.owner();
            names(Type.getObjectType(access.owner));
        }
    }

    /** A write that the original's {@code final} allows. */
    private boolean initialises(FieldInsnNode access, String owner) {
        return access.getOpcode() == Opcodes.PUTFIELD
                && body.name.equals("<init>")
                && context.actual().equals(owner);
    }

    /** A write that the original's {@code final} forbids. */
    private boolean losesFinal(FieldInsnNode access, int before) {
        boolean write =
                access.getOpcode() == Opcodes.PUTFIELD || access.getOpcode() == Opcodes.PUTSTATIC;
        String initialiser = access.getOpcode() == Opcodes.PUTFIELD ? "<init>" : "<clinit>";
        return write
                && ClassFiles.has(before, Opcodes.ACC_FINAL)
                && !(body.name.equals(initialiser) && context.actual().equals(access.owner));
    }

    private void shadow(FieldInsnNode access, String owner, FieldKey key) throws BuildProblem {
        boolean write = access.getOpcode() == Opcodes.PUTFIELD;
        Call call = homes.shadows().access(write ? Kind.SET : Kind.GET, owner, key);
        MethodInsnNode instruction = call.instruction();
        if (write && earlyWrites.isEarly(access)) {
            earlyWrites.delay(access, instruction);
        } else {
            body.instructions.set(access, instruction);
        }
    }

    private void keptField(FieldInsnNode access, FieldKey key) throws BuildProblem {
        Member found =
                homes.hierarchy().resolve(access.owner, access.name, access.desc, Side.BEFORE);
        if (found.state() == State.MISSING) {
            homes.problem(
                    "'" + Homes.dotted(access.owner) + "." + key.name() + "' does not exist there");
        }
        if (found.state() != State.FOUND || isOpen(found)) {
            return;
        }
        Kind kind = switch (access.getOpcode()) {
            case Opcodes.GETFIELD -> Kind.GET;
            case Opcodes.PUTFIELD -> Kind.SET;
            case Opcodes.GETSTATIC -> Kind.GET_STATIC;
            default -> Kind.SET_STATIC;
        };
        boolean write = kind == Kind.SET || kind == Kind.SET_STATIC;
        if (write && ClassFiles.has(found.access(), Opcodes.ACC_FINAL)) {
            homes.problem(
                    "'" + Homes.dotted(found.owner()) + "." + key.name() + "' is final there");
            return;
        }
        Call call = homes.accessors().field(kind, rights(found), found.owner(), key);
        body.instructions.set(access, call.instruction());
    }

    private void site(InvokeDynamicInsnNode site) throws BuildProblem {
        names(Type.getMethodType(site.desc));
        site.bsmArgs =
                site.bsmArgs.clone(); // a copy of a body shares them with the release's class
        for (int i = 0; i < site.bsmArgs.length; i++) {
            Object lowered = constant(site.bsmArgs[i]);
            if (site.bsmArgs[i] instanceof Handle was && lowered instanceof Handle is) {
                captureReceiver(site, was, is);
            }
            site.bsmArgs[i] = lowered;
        }
        site.bsm = (Handle) constant(site.bsm);
    }

    /** The first argument of a static method must be captured as exactly its type. */
    private static void captureReceiver(InvokeDynamicInsnNode site, Handle was, Handle is) {
        Type[] captured = Type.getArgumentTypes(site.desc);
        boolean receiver = was.getTag() == Opcodes.H_INVOKEVIRTUAL
                || was.getTag() == Opcodes.H_INVOKEINTERFACE
                || was.getTag() == Opcodes.H_INVOKESPECIAL;
        if (receiver
                && is.getTag() == Opcodes.H_INVOKESTATIC
                && captured.length > 0
                && site.bsm.getOwner().equals("java/lang/invoke/LambdaMetafactory")) {
            captured[0] = Type.getArgumentTypes(is.getDesc())[0];
            site.desc = Type.getMethodDescriptor(Type.getReturnType(site.desc), captured);
        }
    }

    private Object constant(Object constant) throws BuildProblem {
        if (constant instanceof Type type) {
            names(type);
        } else if (constant instanceof Handle handle) {
            return handle(handle);
        } else if (constant instanceof ConstantDynamic dynamic) {
            Object[] arguments = new Object[dynamic.getBootstrapMethodArgumentCount()];
            for (int i = 0; i < arguments.length; i++) {
                arguments[i] = constant(dynamic.getBootstrapMethodArgument(i));
            }
            return new ConstantDynamic(
                    dynamic.getName(),
                    dynamic.getDescriptor(),
                    handle(dynamic.getBootstrapMethod()),
                    arguments);
        }
        return constant;
    }

    private Handle handle(Handle handle) throws BuildProblem {
        if (handle.getOwner().startsWith("[")) {
            return handle;
        }
        names(Type.getObjectType(handle.getOwner()));
        return switch (handle.getTag()) {
            case Opcodes.H_GETFIELD, Opcodes.H_PUTFIELD, Opcodes.H_GETSTATIC, Opcodes.H_PUTSTATIC ->
                fieldHandle(handle);
            case Opcodes.H_NEWINVOKESPECIAL -> constructorHandle(handle);
            default -> methodHandle(handle);
        };
    }

    private Handle methodHandle(Handle handle) throws BuildProblem {
        if (handle.getTag() == Opcodes.H_INVOKEINTERFACE
                && homes.adoptions().isAdopted(handle.getOwner())) {
            return homes.adoptions()
                    .call(handle.getOwner(), new MethodId(handle.getName(), handle.getDesc()))
                    .handle();
        }
        boolean special = handle.getTag() == Opcodes.H_INVOKESPECIAL;
        Kind kind = switch (handle.getTag()) {
            case Opcodes.H_INVOKESTATIC -> Kind.STATIC;
            case Opcodes.H_INVOKESPECIAL -> Kind.SPECIAL;
            default -> Kind.VIRTUAL;
        };
        Call home = home(
                handle.getOwner(), new MethodId(handle.getName(), handle.getDesc()), kind, special);
        return home == null ? handle : home.handle();
    }

    private Handle constructorHandle(Handle handle) throws BuildProblem {
        MethodId id = new MethodId("<init>", handle.getDesc());
        String owner = handle.getOwner();
        if (homes.made().isMade(owner)) {
            return MadeClasses.maker(owner, handle.getDesc()).handle();
        }
        if (homes.world().inOriginal(owner) && homes.methods().isAdded(owner, id)) {
            return homes.constructions().factory(owner, id).handle();
        }
        Member found = homes.hierarchy().resolve(owner, id.name(), id.descriptor(), Side.BEFORE);
        if (found.state() == State.FOUND && !isOpenConstructor(owner, found)) {
            return homes.accessors()
                    .method(Kind.CONSTRUCTOR, owner, owner, "<init>", id.descriptor())
                    .handle();
        }
        return handle;
    }

    /** Only record's methods and hand-written code have these. */
    private Handle fieldHandle(Handle handle) throws BuildProblem {
        int opcode = switch (handle.getTag()) {
            case Opcodes.H_GETFIELD -> Opcodes.GETFIELD;
            case Opcodes.H_PUTFIELD -> Opcodes.PUTFIELD;
            case Opcodes.H_GETSTATIC -> Opcodes.GETSTATIC;
            default -> Opcodes.PUTSTATIC;
        };
        FieldInsnNode access =
                new FieldInsnNode(opcode, handle.getOwner(), handle.getName(), handle.getDesc());
        MethodNode probe = new MethodNode(Opcodes.ACC_STATIC, "probe", "()V", null, null);
        probe.instructions.add(access);
        new Lowering(homes, context, probe).field(access);
        AbstractInsnNode lowered = probe.instructions.getFirst();
        if (lowered instanceof MethodInsnNode call) {
            return new Call(call.owner, call.name, call.desc).handle();
        }
        return new Handle(handle.getTag(), access.owner, access.name, access.desc, false);
    }
}
