package dev.jlp.fuzz;

import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Changes bytes at random, a little at a time: the same seed gives the same changes. */
final class Mutations {

    private static final int CHANGES_MAX = 4;
    private static final int[] ODD = {0, 1, 0x7F, 0x80, 0xFE, 0xFF};

    private final Random random;

    Mutations(long seed) {
        random = new Random(seed);
    }

    /** One of the seeds, changed in a few places; {@code other} lends pieces. */
    private byte[] of(byte[] seed, byte[] other) {
        byte[] bytes = seed.clone();
        for (int left = 1 + random.nextInt(CHANGES_MAX); left > 0 && bytes.length > 0; left--) {
            bytes = once(bytes, other);
        }
        return bytes;
    }

    private byte[] once(byte[] bytes, byte[] other) {
        int at = random.nextInt(bytes.length);
        switch (random.nextInt(8)) {
            case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
            case 1 -> bytes[at] = (byte) ODD[random.nextInt(ODD.length)];
            case 2 -> bytes[at] = (byte) random.nextInt();
            case 3 -> {
                if (at + 1 < bytes.length) {
                    bytes[at] = (byte) random.nextInt();
                    bytes[at + 1] = (byte) random.nextInt();
                }
            }
            case 4 -> {
                return Arrays.copyOf(bytes, at);
            }
            case 5 -> {
                return without(bytes, at, Math.min(bytes.length, at + 1 + random.nextInt(16)));
            }
            case 6 -> {
                int from = random.nextInt(Math.max(1, other.length));
                int to = Math.min(other.length, from + 1 + random.nextInt(64));
                return with(bytes, at, Arrays.copyOfRange(other, from, Math.max(from, to)));
            }
            default -> {
                int to = Math.min(bytes.length, at + 1 + random.nextInt(64));
                return with(bytes, random.nextInt(bytes.length), Arrays.copyOfRange(bytes, at, to));
            }
        }
        return bytes;
    }

    private static byte[] without(byte[] bytes, int from, int to) {
        byte[] less = Arrays.copyOf(bytes, bytes.length - (to - from));
        System.arraycopy(bytes, to, less, from, bytes.length - to);
        return less;
    }

    private static byte[] with(byte[] bytes, int at, byte[] piece) {
        byte[] more = Arrays.copyOf(bytes, bytes.length + piece.length);
        System.arraycopy(bytes, at, more, at + piece.length, bytes.length - at);
        System.arraycopy(piece, 0, more, at, piece.length);
        return more;
    }

    /** One of the seeds, changed. */
    byte[] any(List<byte[]> seeds) {
        byte[] seed = seeds.get(random.nextInt(seeds.size()));
        return of(seed, seeds.get(random.nextInt(seeds.size())));
    }
}
