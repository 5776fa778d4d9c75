package dev.jlp.runtime;

import dev.jlp.weaver.ClassFiles;

import org.jspecify.annotations.Nullable;

import java.lang.instrument.ClassFileTransformer;
import java.security.ProtectionDomain;

/**
 * Learns what other agents would make of a class if it were loaded now: begins to define it in a loader
 * of its own and refuses it at the last moment. No class comes of it.
 */
final class ScratchDefinition implements ClassFileTransformer {

    private volatile @Nullable ScratchLoader running;
    private byte @Nullable [] result;

    /** The class file after all agents, or null if it did not come that far. Used by the worker only. */
    byte @Nullable [] asLoaded(Class<?> like, String name, byte[] classFile) {
        result = null;
        running = new ScratchLoader(like.getClassLoader());
        try {
            running.begin(name.replace('/', '.'), classFile, like.getProtectionDomain());
        } catch (LinkageError | SecurityException expected) {
            // NoClassDefFoundError: that is how the definition is given up.
        } finally {
            running = null;
        }
        return result;
    }

    /** Whether a definition comes from here: no patch is to be put into it. */
    static boolean isOne(@Nullable ClassLoader loader) {
        return loader instanceof ScratchLoader;
    }

    @Override
    public byte @Nullable [] transform(
            @Nullable ClassLoader loader,
            String name,
            @Nullable Class<?> redefined,
            @Nullable ProtectionDomain domain,
            byte[] bytes) {
        if (loader == null || loader != running) {
            return null;
        }
        result = bytes;
        return ClassFiles.refusing("read by jlp");
    }

    /** Agents ask a loader for resources and superclasses: it answers as the real one does. */
    private static final class ScratchLoader extends ClassLoader {

        ScratchLoader(@Nullable ClassLoader parent) {
            super("jlp-scratch", parent);
        }

        void begin(String name, byte[] classFile, @Nullable ProtectionDomain domain) {
            defineClass(name, classFile, 0, classFile.length, domain);
        }
    }
}
