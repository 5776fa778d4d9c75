package dev.jlp.acceptance.programs;

import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.UnmodifiableClassException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.security.ProtectionDomain;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;

/** Notes each entry of one class's methods, from the moment it begins until it ends. */
public final class Tracer implements ClassFileTransformer {

    private static final Set<String> ENTERED = ConcurrentHashMap.newKeySet();

    private final Class<?> type;

    private Tracer(Class<?> type) {
        this.type = type;
    }

    static Tracer begin(Class<?> type) throws UnmodifiableClassException {
        Tracer tracer = new Tracer(type);
        TestAgent.instrumentation().addTransformer(tracer, true);
        TestAgent.instrumentation().retransformClasses(type);
        return tracer;
    }

    void end() throws UnmodifiableClassException {
        TestAgent.instrumentation().removeTransformer(this);
        TestAgent.instrumentation().retransformClasses(type);
    }

    /** Called by the traced methods. */
    public static void entered(String method) {
        ENTERED.add(method);
    }

    /** Calls it until its entry was noted, since another agent may have to be waited for. */
    static String call(Method method)
            throws InvocationTargetException, IllegalAccessException, TimeoutException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        ENTERED.clear();
        while (System.nanoTime() < end) {
            String answer = (String) method.invoke(null);
            if (ENTERED.contains(method.getName())) {
                return answer;
            }
            LockSupport.parkNanos(1_000_000);
        }
        throw new TimeoutException(method + " is not traced");
    }

    @Override
    public byte[] transform(
            ClassLoader loader,
            String name,
            Class<?> redefined,
            ProtectionDomain domain,
            byte[] bytes) {
        if (redefined != type) {
            return null;
        }
        ClassReader reader = new ClassReader(bytes);
        ClassWriter writer = new ClassWriter(reader, 0);
        reader.accept(new Entries(writer), 0);
        return writer.toByteArray();
    }

    private static final class Entries extends ClassVisitor {

        Entries(ClassVisitor next) {
            super(Opcodes.ASM9, next);
        }

        @Override
        public MethodVisitor visitMethod(
                int access, String name, String descriptor, String signature, String[] thrown) {
            MethodVisitor next = super.visitMethod(access, name, descriptor, signature, thrown);
            return new MethodVisitor(Opcodes.ASM9, next) {
                @Override
                public void visitCode() {
                    super.visitCode();
                    visitLdcInsn(name);
                    visitMethodInsn(
                            Opcodes.INVOKESTATIC,
                            Tracer.class.getName().replace('.', '/'),
                            "entered",
                            "(Ljava/lang/String;)V",
                            false);
                }

                @Override
                public void visitMaxs(int stack, int locals) {
                    super.visitMaxs(Math.max(stack, 1), locals);
                }
            };
        }
    }
}
