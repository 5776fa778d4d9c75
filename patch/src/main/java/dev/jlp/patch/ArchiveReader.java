package dev.jlp.patch;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Reads a jar from its central directory, stricter than the JDK does: both headers of an entry must
 * agree, entries follow each other without room for anything else, and nothing follows the end. So
 * every tool that looks at the artifact sees the same entries.
 */
final class ArchiveReader {

    static final int ARTIFACT_BYTES_MAX = 64 << 20;
    static final int UNPACKED_BYTES_MAX = 256 << 20;
    static final int ENTRIES_MAX = 20_000;
    static final int RATIO_MAX = 100;

    /** Entries below this size are never taken for a compression bomb. */
    private static final int RATIO_FREE_BYTES = 1 << 20;

    private static final int END_BYTES = 22;
    private static final int CENTRAL_BYTES = 46;
    private static final int LOCAL_BYTES = 30;
    private static final int DATA_DESCRIPTOR_BYTES_MAX = 16;
    private static final int FLAG_DATA_DESCRIPTOR = 1 << 3;
    private static final int FLAGS_KNOWN = FLAG_DATA_DESCRIPTOR | 1 << 1 | 1 << 2 | 1 << 11;

    private final ByteBuffer bytes;
    private final Map<String, byte[]> entries = new LinkedHashMap<>();
    private long unpacked;

    /** Where the entry before ended. */
    private int previousEnd;

    /** How much its data descriptor may take after that. */
    private int gapMax;

    private ArchiveReader(byte[] artifact) {
        this.bytes = ByteBuffer.wrap(artifact).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** All entries by name, in the order of the directory. */
    static Map<String, byte[]> entries(byte[] artifact) throws PatchFileProblem {
        if (artifact.length == 0) {
            throw new PatchFileProblem("the artifact is empty");
        }
        if (artifact.length > ARTIFACT_BYTES_MAX) {
            throw new PatchFileProblem(
                    "the artifact is larger than " + (ARTIFACT_BYTES_MAX >> 20) + " MiB");
        }
        ArchiveReader reader = new ArchiveReader(artifact);
        reader.readDirectory();
        return reader.entries;
    }

    private void readDirectory() throws PatchFileProblem {
        boolean looksLikeJar = bytes.limit() >= 4 && bytes.getInt(0) == 0x04034b50;
        int end = bytes.limit() - END_BYTES;
        if (end < 0 || bytes.getInt(end) != 0x06054b50) {
            throw new PatchFileProblem(
                    looksLikeJar
                            ? "the artifact is truncated, or something was appended to it"
                            : "the artifact is not a jar");
        }
        int count = unsignedShort(end + 10);
        long size = unsignedInt(end + 12);
        long start = unsignedInt(end + 16);
        boolean plain = bytes.getInt(end + 4) == 0
                && unsignedShort(end + 8) == count
                && unsignedShort(end + 20) == 0;
        if (!plain || start + size != end || size < (long) count * CENTRAL_BYTES) {
            throw new PatchFileProblem("the artifact's directory is damaged");
        }
        if (count > ENTRIES_MAX) {
            throw new PatchFileProblem("the artifact has more than " + ENTRIES_MAX + " entries");
        }
        int at = (int) start;
        for (int i = 0; i < count; i++) {
            at = readEntry(at, end, (int) start);
        }
        if (at != end || start - previousEnd > gapMax) {
            throw new PatchFileProblem("the artifact's directory is damaged");
        }
    }

    /** Reads what one record of the directory names, and tells where the next record is. */
    private int readEntry(int at, int directoryEnd, int dataEnd) throws PatchFileProblem {
        if (at + CENTRAL_BYTES > directoryEnd || bytes.getInt(at) != 0x02014b50) {
            throw new PatchFileProblem("the artifact's directory is damaged");
        }
        int nameBytes = unsignedShort(at + 28);
        int next = at + CENTRAL_BYTES + nameBytes + unsignedShort(at + 30) + unsignedShort(at + 32);
        long local = unsignedInt(at + 42);
        if (next > directoryEnd
                || local < previousEnd
                || local - previousEnd > gapMax
                || local + LOCAL_BYTES + nameBytes > dataEnd) {
            throw new PatchFileProblem("the artifact's directory is damaged");
        }
        String name = name(at + CENTRAL_BYTES, nameBytes);
        byte[] content = content(name, at, (int) local, dataEnd);
        if (entries.put(name, content) != null) {
            throw new PatchFileProblem("the artifact has the entry '" + name + "' twice");
        }
        return next;
    }

    private byte[] content(String name, int central, int local, int dataEnd)
            throws PatchFileProblem {
        int flags = unsignedShort(central + 8);
        int method = unsignedShort(central + 10);
        int nameBytes = unsignedShort(central + 28);
        boolean agree = bytes.getInt(local) == 0x04034b50
                && unsignedShort(local + 6) == flags
                && unsignedShort(local + 8) == method
                && unsignedShort(local + 26) == nameBytes
                && (flags & ~FLAGS_KNOWN) == 0
                && sameName(central + CENTRAL_BYTES, local + LOCAL_BYTES, nameBytes)
                && ((flags & FLAG_DATA_DESCRIPTOR) != 0 || sameSizes(central, local));
        long packed = unsignedInt(central + 20);
        long size = unsignedInt(central + 24);
        long start = (long) local + LOCAL_BYTES + nameBytes + unsignedShort(local + 28);
        if (!agree || start + packed > dataEnd) {
            throw new PatchFileProblem("the entry '" + name + "' has damaged headers");
        }
        previousEnd = (int) (start + packed);
        gapMax = (flags & FLAG_DATA_DESCRIPTOR) != 0 ? DATA_DESCRIPTOR_BYTES_MAX : 0;
        checkSize(name, packed, size);
        byte[] content = unpack(name, method, (int) start, (int) packed, (int) size);
        CRC32 crc = new CRC32();
        crc.update(content);
        if (crc.getValue() != unsignedInt(central + 16)) {
            throw new PatchFileProblem("the entry '" + name + "' is damaged");
        }
        return content;
    }

    private void checkSize(String name, long packed, long size) throws PatchFileProblem {
        unpacked += size;
        if (unpacked > UNPACKED_BYTES_MAX) {
            throw new PatchFileProblem(
                    "the artifact holds more than " + (UNPACKED_BYTES_MAX >> 20) + " MiB");
        }
        if (size > RATIO_FREE_BYTES && size > packed * RATIO_MAX) {
            throw new PatchFileProblem("the entry '" + name + "' unpacks to more than " + RATIO_MAX
                    + " times its size");
        }
    }

    private byte[] unpack(String name, int method, int start, int packed, int size)
            throws PatchFileProblem {
        if (method == 0 && packed == size) {
            return Arrays.copyOfRange(bytes.array(), start, start + size);
        }
        if (method != 8) {
            throw new PatchFileProblem("the entry '" + name + "' is packed in an unknown way");
        }
        Inflater inflater = new Inflater(true);
        try {
            inflater.setInput(bytes.array(), start, packed);
            byte[] content = new byte[size];
            int filled = 0;
            while (filled < size) {
                int more = inflater.inflate(content, filled, size - filled);
                if (more == 0) {
                    break;
                }
                filled += more;
            }
            boolean ended = inflater.finished() || inflater.inflate(new byte[1]) == 0;
            if (filled != size || !ended || !inflater.finished()) {
                throw new PatchFileProblem("the entry '" + name + "' is damaged");
            }
            return content;
        } catch (DataFormatException damaged) {
            throw new PatchFileProblem("the entry '" + name + "' is damaged", damaged);
        } finally {
            inflater.end();
        }
    }

    private String name(int at, int length) throws PatchFileProblem {
        String name;
        try {
            name = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(bytes.duplicate().position(at).limit(at + length))
                    .toString();
        } catch (CharacterCodingException garbled) {
            throw new PatchFileProblem("the artifact has an entry with a garbled name", garbled);
        }
        for (String step : name.split("/", -1)) {
            if (step.isEmpty()
                    || step.equals(".")
                    || step.equals("..")
                    || step.chars().anyMatch(c -> c == '\\' || c < ' ')) {
                throw new PatchFileProblem(
                        "the artifact has an entry whose name is not a plain path: '" + name + "'");
            }
        }
        return name;
    }

    private boolean sameName(int left, int right, int length) {
        return Arrays.equals(
                bytes.array(), left, left + length, bytes.array(), right, right + length);
    }

    private boolean sameSizes(int central, int local) {
        return sameName(central + 16, local + 14, 12);
    }

    private int unsignedShort(int at) {
        return Short.toUnsignedInt(bytes.getShort(at));
    }

    private long unsignedInt(int at) {
        return Integer.toUnsignedLong(bytes.getInt(at));
    }
}
