package dev.jlp.acceptance.programs;

import java.net.URL;
import java.net.URLClassLoader;

/** A loader that breaks when it is asked for {@code part.Special}: to load it, or to say where it reads it. */
final class Unwilling extends URLClassLoader {

    private final boolean reads;

    Unwilling(URL[] urls, boolean reads) {
        super(urls, Unwilling.class.getClassLoader());
        this.reads = reads;
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        if (name.equals("part.Special")) {
            throw new IllegalStateException("not today");
        }
        return super.findClass(name);
    }

    @Override
    public URL findResource(String name) {
        if (!reads && name.equals("part/Special.class")) {
            throw new NoClassDefFoundError("not today");
        }
        return super.findResource(name);
    }
}
