package dev.jlp.bridge;

import org.jspecify.annotations.Nullable;

import java.lang.invoke.CallSite;
import java.lang.invoke.ConstantCallSite;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandleInfo;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Bodies that did not fit into their armed methods, by class and content: one node of a class's list.
 *
 * <p>Nothing is ever taken out: a thread may be on its way from {@link JlpDispatch#enter} to a body for
 * as long as it likes. The same body is the same entry in every transition, so a list is as long as the
 * class has had different bodies of that size.
 */
public final class JlpOutlined {

    /** Static because armed code has only its class to start from. Each list lives and dies with its class. */
    private static final ClassValue<AtomicReference<@Nullable JlpOutlined>> LISTS = new Lists();

    private final long key;
    private final MethodHandle body;
    private final @Nullable JlpOutlined next;

    private JlpOutlined(long key, MethodHandle body, @Nullable JlpOutlined next) {
        this.key = key;
        this.body = body;
        this.next = next;
    }

    /** The body; never null in armed code, which the coordinator puts in place after the body. */
    public static @Nullable MethodHandle of(Class<?> type, long key) {
        JlpOutlined each = LISTS.get(type).get();
        while (each != null && each.key != key) {
            each = each.next;
        }
        return each == null ? null : each.body;
    }

    /** To be called by the one coordinator, before the armed method that asks for it is in place. */
    public static void put(Class<?> type, long key, MethodHandle body) {
        AtomicReference<@Nullable JlpOutlined> list = LISTS.get(type);
        list.set(new JlpOutlined(key, body, list.get()));
    }

    /**
     * Links what a body may do as a member of its class only: {@code super.x()}, and members that are
     * inherited and may be protected.
     *
     * @param body the outlined body's class, a nest mate of {@code type}
     * @param kind a kind of {@link MethodHandleInfo}
     * @param owner the class that the instruction named
     * @param type the class whose member the body was
     */
    public static CallSite member(
            MethodHandles.Lookup body,
            String name,
            MethodType site,
            int kind,
            Class<?> owner,
            Class<?> type)
            throws ReflectiveOperationException {
        MethodHandles.Lookup inside = MethodHandles.privateLookupIn(type, body);
        MethodHandle member = switch (kind) {
            case MethodHandleInfo.REF_getField -> inside.findGetter(owner, name, site.returnType());
            case MethodHandleInfo.REF_putField ->
                inside.findSetter(owner, name, site.parameterType(1));
            case MethodHandleInfo.REF_invokeVirtual ->
                inside.findVirtual(owner, name, site.dropParameterTypes(0, 1));
            default -> inside.findSpecial(owner, name, site.dropParameterTypes(0, 1), type);
        };
        return new ConstantCallSite(member.asType(site));
    }

    /** A class's list; empty at first. */
    private static final class Lists extends ClassValue<AtomicReference<@Nullable JlpOutlined>> {

        @Override
        protected AtomicReference<@Nullable JlpOutlined> computeValue(Class<?> type) {
            return new AtomicReference<>();
        }
    }
}
