package dev.jlp.patch;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;

/** The outline of a class file: enough to know that it is whole and which class it is. */
final class ClassFileShape {

    private static final int MAGIC = 0xCAFEBABE;

    private final DataInputStream in;

    private ClassFileShape(byte[] bytes) {
        this.in = new DataInputStream(new ByteArrayInputStream(bytes));
    }

    /** Refuses an entry that is not the whole class file of the class with this name. */
    static void check(String entry, byte[] bytes, String name) throws PatchFileProblem {
        String found;
        try {
            found = new ClassFileShape(bytes).readName();
        } catch (IOException broken) {
            throw new PatchFileProblem("the entry '" + entry + "' is not a class file", broken);
        }
        if (!found.equals(name)) {
            throw new PatchFileProblem("the entry '" + entry + "' holds the class '" + found + "'");
        }
    }

    private String readName() throws IOException {
        if (in.readInt() != MAGIC) {
            throw new IOException("no class file begins like this");
        }
        in.readInt(); // version
        int count = in.readUnsignedShort();
        String[] texts = new String[count];
        int[] names = new int[count];
        for (int i = 1; i < count; i++) {
            int tag = in.readUnsignedByte();
            switch (tag) {
                case 1 -> texts[i] = in.readUTF();
                case 7 -> names[i] = in.readUnsignedShort();
                case 8, 16, 19, 20 -> skip(2);
                case 15 -> skip(3);
                case 3, 4, 9, 10, 11, 12, 17, 18 -> skip(4);
                case 5, 6 -> {
                    skip(8);
                    i++; // takes two places
                }
                default -> throw new IOException("unknown constant " + tag);
            }
        }
        in.readUnsignedShort(); // access
        int self = in.readUnsignedShort();
        in.readUnsignedShort(); // superclass
        skip(2L * in.readUnsignedShort());
        skipMembers();
        skipMembers();
        skipAttributes();
        int name = self < count ? names[self] : 0;
        String text = name < count ? texts[name] : null;
        if (text == null || in.read() != -1) {
            throw new IOException("damaged");
        }
        return text;
    }

    private void skipMembers() throws IOException {
        for (int left = in.readUnsignedShort(); left > 0; left--) {
            skip(6);
            skipAttributes();
        }
    }

    private void skipAttributes() throws IOException {
        for (int left = in.readUnsignedShort(); left > 0; left--) {
            in.readUnsignedShort();
            skip(Integer.toUnsignedLong(in.readInt()));
        }
    }

    private void skip(long count) throws IOException {
        if (in.skip(count) != count) {
            throw new IOException("truncated");
        }
    }
}
