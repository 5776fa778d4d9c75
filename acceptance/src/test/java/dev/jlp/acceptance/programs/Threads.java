package dev.jlp.acceptance.programs;

/** Threads of both kinds, from sources that also compile where only one kind exists. */
final class Threads {

    private Threads() {}

    static Thread start(String name, boolean virtual, Runnable body) {
        return virtual ? startVirtual(name, body) : startPlatform(name, body);
    }

    private static Thread startPlatform(String name, Runnable body) {
        Thread thread = new Thread(null, body, name, 1 << 21);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private static Thread startVirtual(String name, Runnable body) {
        try {
            Object builder = Thread.class.getMethod("ofVirtual").invoke(null);
            Class<?> type = Class.forName("java.lang.Thread$Builder");
            builder = type.getMethod("name", String.class).invoke(builder, name);
            return (Thread) type.getMethod("start", Runnable.class).invoke(builder, body);
        } catch (ReflectiveOperationException missing) {
            throw new IllegalStateException("no virtual threads here", missing);
        }
    }
}
