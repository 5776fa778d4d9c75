package dev.jlp.patch;

/**
 * A class with what runs beside a change of code, or one that goes with it. Never defined in the target's
 * loader.
 *
 * @param name internal name, with slashes
 * @param bytes the class file
 * @param entry whether its methods are the callbacks; else it only helps
 */
@SuppressWarnings("ArrayRecordComponent") // a class file; compared by nobody
public record CallbackClass(String name, byte[] bytes, boolean entry) {

    /** The API's interface for callbacks, by the name that it has in a patched JVM. */
    public static final String INTERFACE = "java/lang/JlpCallbacks";
}
