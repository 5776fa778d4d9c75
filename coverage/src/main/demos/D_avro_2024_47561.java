import org.apache.avro.*;
import org.apache.avro.io.*;
import org.apache.avro.reflect.*;

public class D_avro_2024_47561 {
    public static class Evil {
        static boolean ran;

        public Evil(String s) {
            ran = true;
        }
    }

    public static String run() throws Throwable {
        Evil.ran = false;
        var e = System.err;
        System.setErr(new java.io.PrintStream(java.io.OutputStream.nullOutputStream()));
        try {
            Schema s = new Schema.Parser()
                    .parse(
                            "{\"type\":\"record\",\"name\":\"R\",\"fields\":[{\"name\":\"a\",\"type\":{\"type\":\"string\",\"java-class\":\"D_avro_2024_47561$Evil\"}}]}");
            Object r = H.tr(() -> {
                var d = new org.apache.avro.specific.SpecificDatumReader<Object>(
                        s, s, new org.apache.avro.specific.SpecificData(H.class.getClassLoader()));
                return d.read(null, DecoderFactory.get().binaryDecoder(new byte[] {2, 'x'}, null));
            });
            return H.v(Evil.ran, H.cause(r));
        } finally {
            System.setErr(e);
        }
    }
}
