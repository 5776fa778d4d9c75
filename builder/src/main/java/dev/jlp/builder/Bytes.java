package dev.jlp.builder;

/** Bytes as text that is looked through. */
final class Bytes {

    private Bytes() {}

    /** Whether the one has the other in it. */
    static boolean contains(byte[] text, byte[] word) {
        for (int at = 0; at <= text.length - word.length; at++) {
            int length = 0;
            while (length < word.length && text[at + length] == word[length]) {
                length++;
            }
            if (length == word.length) {
                return true;
            }
        }
        return false;
    }
}
