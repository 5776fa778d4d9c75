package dev.jlp.acceptance.programs;

import java.lang.instrument.ClassFileTransformer;
import java.security.ProtectionDomain;
import java.util.Arrays;

/**
 * Makes class files of redefinitions unreadable, as often as the property {@code spoil.NAME} still says, so
 * that the JVM refuses them.
 */
final class Spoiler implements ClassFileTransformer {

    @Override
    public byte[] transform(
            ClassLoader loader,
            String name,
            Class<?> redefined,
            ProtectionDomain domain,
            byte[] bytes) {
        if (redefined == null || name == null) {
            return null;
        }
        String property = "spoil." + name;
        int times = Integer.getInteger(property, 0);
        if (times == 0) {
            return null;
        }
        System.setProperty(property, String.valueOf(times - 1));
        return Arrays.copyOf(bytes, bytes.length - 1);
    }
}
