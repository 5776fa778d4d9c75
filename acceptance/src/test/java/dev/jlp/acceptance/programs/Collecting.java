package dev.jlp.acceptance.programs;

import java.lang.instrument.ClassFileTransformer;
import java.security.ProtectionDomain;

/** Has the JVM collect garbage in the middle of each redefinition of a class, if the property {@code collect.NAME} is set. */
final class Collecting implements ClassFileTransformer {

    @Override
    public byte[] transform(
            ClassLoader loader,
            String name,
            Class<?> redefined,
            ProtectionDomain domain,
            byte[] bytes) {
        if (redefined != null && name != null && Boolean.getBoolean("collect." + name)) {
            System.gc();
        }
        return null;
    }
}
