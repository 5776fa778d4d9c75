package dev.jlp.runtime;

import dev.jlp.patch.CallbackClass;

import org.jspecify.annotations.Nullable;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The loader of one patch's callbacks for one instance. It finds the classes of the instance's loader,
 * which it holds weakly, and which does not find these.
 */
final class CallbackLoader extends ClassLoader {

    static final String COMING_RULE = "coming-loads-no-class";

    private final Map<String, byte[]> own = new HashMap<>();
    private final LoaderRef target;
    private final String patch;

    /** While the target's first class does not exist yet. */
    private volatile boolean coming;

    static {
        registerAsParallelCapable();
    }

    CallbackLoader(String patch, LoaderRef target, List<CallbackClass> classes) {
        super("jlp-callbacks-" + patch, ClassLoader.getPlatformClassLoader());
        this.patch = patch;
        this.target = target;
        classes.forEach(type -> own.put(type.name().replace('/', '.'), type.bytes()));
    }

    void setComing(boolean now) {
        coming = now;
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        synchronized (getClassLoadingLock(name)) {
            Class<?> known = findLoadedClass(name);
            if (known != null) {
                return known;
            }
            byte[] classFile = own.get(name);
            if (classFile != null) {
                return defineClass(name, classFile, 0, classFile.length);
            }
        }
        return coming ? loadAbove(name) : loadThere(target.get(), name);
    }

    private Class<?> loadThere(@Nullable ClassLoader loader, String name)
            throws ClassNotFoundException {
        return loader == null ? super.loadClass(name, false) : loader.loadClass(name);
    }

    /**
     * A thread that defines the target's first class holds locks of its loader and waits for us, so we must
     * not ask that loader. What is thrown is no LinkageError: the JVM would give the same answer for ever.
     */
    private Class<?> loadAbove(String name) throws ClassNotFoundException {
        ClassLoader there = target.get();
        try {
            return loadThere(there == null ? null : there.getParent(), name);
        } catch (ClassNotFoundException notAbove) {
            throw new IllegalStateException(
                    COMING_RULE + ": the callbacks of patch '" + patch
                            + "' run before the first class of their target exists, so they must not"
                            + " load '" + name + "' by loader '" + target.name() + "'",
                    notAbove);
        }
    }
}
