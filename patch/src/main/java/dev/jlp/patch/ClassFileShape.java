package dev.jlp.patch;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The outline of a class file: enough to know that it is whole and which class it is. */
final class ClassFileShape {

    private static final int MAGIC = 0xCAFEBABE;

    private static final int PUBLIC = 0x0001;
    private static final int INTERFACE_OR_ABSTRACT = 0x0600;

    private final DataInputStream in;
    private String[] texts = {};
    private int[] names = {};
    private int access;
    private final List<String> interfaces = new ArrayList<>();
    private boolean publicConstructor;

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

    /** Refuses a class that can't be made into an object with the four callbacks. */
    static void checkCallbacks(String entry, CallbackClass type) throws PatchFileProblem {
        ClassFileShape shape = new ClassFileShape(type.bytes());
        try {
            shape.readName();
        } catch (IOException broken) {
            throw new PatchFileProblem("the entry '" + entry + "' is not a class file", broken);
        }
        String dotted = type.name().replace('/', '.');
        if (!shape.interfaces.contains(CallbackClass.INTERFACE)) {
            throw new PatchFileProblem("the class '" + dotted
                    + "' is given as callbacks and does not name the interface 'Callbacks' of the API"
                    + " among its own");
        }
        if ((shape.access & PUBLIC) == 0
                || (shape.access & INTERFACE_OR_ABSTRACT) != 0
                || !shape.publicConstructor) {
            throw new PatchFileProblem("the class '" + dotted
                    + "' is given as callbacks and is not a public class with a public constructor"
                    + " without parameters");
        }
    }

    private String readName() throws IOException {
        if (in.readInt() != MAGIC) {
            throw new IOException("no class file begins like this");
        }
        in.readInt(); // version
        int count = in.readUnsignedShort();
        readConstants(count);
        access = in.readUnsignedShort();
        String name = className(in.readUnsignedShort());
        in.readUnsignedShort(); // superclass
        for (int left = in.readUnsignedShort(); left > 0; left--) {
            interfaces.add(className(in.readUnsignedShort()));
        }
        skipMembers(); // fields
        readMethods();
        skipAttributes();
        if (in.read() != -1) {
            throw new IOException("damaged");
        }
        return name;
    }

    private void readConstants(int count) throws IOException {
        texts = new String[count];
        names = new int[count];
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
    }

    private String className(int index) throws IOException {
        return text(index < names.length ? names[index] : 0);
    }

    private String text(int index) throws IOException {
        String text = index < texts.length ? texts[index] : null;
        if (text == null) {
            throw new IOException("damaged");
        }
        return text;
    }

    private void readMethods() throws IOException {
        for (int left = in.readUnsignedShort(); left > 0; left--) {
            boolean isPublic = (in.readUnsignedShort() & PUBLIC) != 0;
            boolean isConstructor = text(in.readUnsignedShort()).equals("<init>");
            boolean isPlain = text(in.readUnsignedShort()).equals("()V");
            publicConstructor |= isPublic && isConstructor && isPlain;
            skipAttributes();
        }
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
