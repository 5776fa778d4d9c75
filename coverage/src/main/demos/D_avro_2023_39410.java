import org.apache.avro.io.*;

public class D_avro_2023_39410 {
    public static String run() throws Throwable {
        var e = System.err;
        System.setErr(new java.io.PrintStream(java.io.OutputStream.nullOutputStream()));
        try {
            Object r = H.tr(() -> {
                System.setProperty("org.apache.avro.limits.collectionItems.maxLength", "100");
                byte[] len = new byte[1002];
                len[0] = (byte) 0xd0;
                len[1] = 0x0f;
                java.util.Arrays.fill(len, 2, 1002, (byte) 97);
                var d = DecoderFactory.get().binaryDecoder(len, null);
                return (int) d.readArrayStart();
            });
            return H.v(r instanceof Integer, H.cause(r));
        } finally {
            System.setErr(e);
        }
    }
}
