package dev.jlp.coverage.weaving;

import java.io.IOException;
import java.io.InputStream;

/**
 * Put last into a redefinition, of a version that no JVM knows: the JVM has then checked and verified all
 * that stands before it, says so by complaining about this one, and changes nothing.
 */
final class Poison {

    private static final int VERSION = 6;

    private Poison() {}

    static byte[] classFile() throws IOException {
        try (InputStream in = Poison.class.getResourceAsStream("Poison.class")) {
            if (in == null) {
                throw new IOException("the class 'Poison' can't be read");
            }
            byte[] classFile = in.readAllBytes();
            classFile[VERSION] = (byte) 0xFF;
            classFile[VERSION + 1] = (byte) 0xFF;
            return classFile;
        }
    }
}
