import java.io.*;

public class D_sshd_common_2022_45047 {
    public static class Evil implements Serializable {
        static boolean ran;

        private void readObject(ObjectInputStream i) throws Exception {
            ran = true;
            i.defaultReadObject();
        }
    }

    public static String run() throws Throwable {
        Evil.ran = false;
        var e = System.err;
        System.setErr(new java.io.PrintStream(java.io.OutputStream.nullOutputStream()));
        try {
            var p = java.nio.file.Files.createTempFile("k", ".ser");
            java.nio.file.Files.write(p, H.ser(new Evil()));
            Object r = H.tr(() -> {
                var k = new org.apache.sshd.server.keyprovider.SimpleGeneratorHostKeyProvider(p);
                k.setOverwriteAllowed(false);
                return k.loadKeys(null);
            });
            return H.v(Evil.ran, H.cause(r));
        } finally {
            System.setErr(e);
        }
    }
}
