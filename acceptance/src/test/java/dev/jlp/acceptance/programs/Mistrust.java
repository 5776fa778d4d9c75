package dev.jlp.acceptance.programs;

import java.security.Permission;

/** A security manager that refuses whatever the program's own threads ask for in our bridge. */
@SuppressWarnings("removal") // gone in later JDKs; programs on 17 may have one
final class Mistrust extends SecurityManager {

    static String begin() {
        System.setSecurityManager(new Mistrust());
        return "mistrustful";
    }

    @Override
    public void checkPermission(Permission permission) {
        if (Thread.currentThread().getName().startsWith("jlp-")) {
            return; // nothing of the program is on such a stack
        }
        for (StackTraceElement frame : new Throwable().getStackTrace()) {
            if (frame.getClassName().startsWith("java.lang.Jlp")) {
                throw new SecurityException("not allowed: " + permission);
            }
        }
    }
}
