package dev.jlp.acceptance.programs;

import java.security.Permission;

/** A security manager that refuses whatever is asked for in our bridge. */
@SuppressWarnings("removal") // gone in later JDKs; programs on 17 may have one
final class Mistrust extends SecurityManager {

    static String begin() {
        System.setSecurityManager(new Mistrust());
        return "mistrustful";
    }

    @Override
    public void checkPermission(Permission permission) {
        for (StackTraceElement frame : new Throwable().getStackTrace()) {
            if (frame.getClassName().startsWith("java.lang.Jlp")) {
                throw new SecurityException("not allowed: " + permission);
            }
        }
    }
}
