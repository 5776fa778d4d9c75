package dev.jlp.acceptance.programs;

import java.net.URL;
import java.net.URLClassLoader;

/** A loader that tells where it reads a class only when the gate "resources" is open. */
final class HeldResources extends URLClassLoader {

    HeldResources(URL[] urls) {
        super(urls, HeldResources.class.getClassLoader());
    }

    @Override
    public URL findResource(String name) {
        Gate.pass("resources");
        return super.findResource(name);
    }
}
