package dev.jlp.builder;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.zip.CRC32;

/**
 * A jar as bytes, to which entries can be added: everything that was there stays as it is, byte for byte,
 * but for the directory at the end.
 */
final class JarBytes {

    private static final int END = 0x06054b50;
    private static final int CENTRAL = 0x02014b50;
    private static final int LOCAL = 0x04034b50;
    private static final int END_BYTES = 22;
    private static final int CENTRAL_BYTES = 46;
    private static final int LOCAL_BYTES = 30;
    private static final int VERSION = 10;
    private static final int UTF8_NAMES = 1 << 11;

    /** The first of January 1980: the same inputs give the same jar. */
    private static final int DATE = 1 << 5 | 1;

    private static final Pattern SIGNATURE =
            Pattern.compile("META-INF/[^/]+\\.(SF|RSA|DSA|EC)", Pattern.CASE_INSENSITIVE);

    private final byte[] jar;
    private final ByteBuffer bytes;
    private final int end;
    private final int directory;
    private final List<String> names = new ArrayList<>();

    private JarBytes(byte[] jar) throws BuildProblem {
        this.jar = jar;
        bytes = ByteBuffer.wrap(jar).order(ByteOrder.LITTLE_ENDIAN);
        end = findEnd();
        directory = end - bytes.getInt(end + 12);
        int count = Short.toUnsignedInt(bytes.getShort(end + 10));
        if (directory < 0 || count == 0xFFFF || bytes.getInt(end + 16) == -1) {
            throw new BuildProblem("the jar's directory is damaged, or too large");
        }
        readNames(count);
    }

    static JarBytes read(Path jar) throws BuildProblem {
        try {
            return new JarBytes(Files.readAllBytes(jar));
        } catch (IOException unreadable) {
            throw new BuildProblem("'" + jar + "' can't be read: " + unreadable, unreadable);
        }
    }

    List<String> names() {
        return names;
    }

    boolean isSigned() {
        return names.stream().anyMatch(name -> SIGNATURE.matcher(name).matches());
    }

    byte[] bytes() {
        return jar;
    }

    private int findEnd() throws BuildProblem {
        for (int at = bytes.limit() - END_BYTES; at >= 0; at--) {
            if (bytes.getInt(at) == END
                    && at + END_BYTES + Short.toUnsignedInt(bytes.getShort(at + 20))
                            == bytes.limit()) {
                return at;
            }
        }
        throw new BuildProblem("the jar has no directory");
    }

    private void readNames(int count) throws BuildProblem {
        int at = directory;
        for (int i = 0; i < count; i++) {
            if (at + CENTRAL_BYTES > end || bytes.getInt(at) != CENTRAL) {
                throw new BuildProblem("the jar's directory is damaged");
            }
            int length = Short.toUnsignedInt(bytes.getShort(at + 28));
            int next = at
                    + CENTRAL_BYTES
                    + length
                    + Short.toUnsignedInt(bytes.getShort(at + 30))
                    + Short.toUnsignedInt(bytes.getShort(at + 32));
            if (next > end) {
                throw new BuildProblem("the jar's directory is damaged");
            }
            names.add(new String(jar, at + CENTRAL_BYTES, length, StandardCharsets.UTF_8));
            at = next;
        }
        if (at != end) {
            throw new BuildProblem("the jar's directory is damaged, or too large");
        }
    }

    /** The jar with one more entry, not compressed. */
    JarBytes with(String name, byte[] content) throws BuildProblem {
        byte[] path = name.getBytes(StandardCharsets.UTF_8);
        CRC32 crc = new CRC32();
        crc.update(content);
        // Offsets count from where the first entry is: something may stand before it.
        int offset = bytes.getInt(end + 16);
        int added = LOCAL_BYTES + path.length + content.length;
        byte[] header = header(path, content.length, (int) crc.getValue());

        ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.limit() + 2 * added);
        out.write(jar, 0, directory);
        out.writeBytes(record(4, to -> to.putInt(LOCAL)));
        out.writeBytes(header);
        out.writeBytes(path);
        out.writeBytes(content);
        out.write(jar, directory, end - directory);
        out.writeBytes(record(6, to -> to.putInt(CENTRAL).putShort((short) VERSION)));
        out.writeBytes(header);
        out.writeBytes(record(14, to -> to.putInt(10, offset)));
        out.writeBytes(path);
        out.writeBytes(endAfter(added, CENTRAL_BYTES + path.length));
        return new JarBytes(out.toByteArray());
    }

    /** What stands in both headers of an entry. */
    private static byte[] header(byte[] path, int size, int crc) {
        return record(
                LOCAL_BYTES - 4,
                to -> to.putShort((short) VERSION)
                        .putShort((short) UTF8_NAMES)
                        .putShort((short) 0)
                        .putShort((short) 0)
                        .putShort((short) DATE)
                        .putInt(crc)
                        .putInt(size)
                        .putInt(size)
                        .putShort((short) path.length)
                        .putShort((short) 0));
    }

    private byte[] endAfter(int added, int described) {
        byte[] last = new byte[bytes.limit() - end];
        System.arraycopy(jar, end, last, 0, last.length);
        ByteBuffer record = ByteBuffer.wrap(last).order(ByteOrder.LITTLE_ENDIAN);
        record.putShort(8, (short) (record.getShort(8) + 1));
        record.putShort(10, (short) (record.getShort(10) + 1));
        record.putInt(12, record.getInt(12) + described);
        record.putInt(16, record.getInt(16) + added);
        return last;
    }

    private static byte[] record(int size, Consumer<ByteBuffer> fill) {
        byte[] record = new byte[size];
        fill.accept(ByteBuffer.wrap(record).order(ByteOrder.LITTLE_ENDIAN));
        return record;
    }
}
