import java.io.*;

public class D_log4j_core_2017_5645 {
    public static class Evil implements Serializable {
        static boolean ran;

        private void readObject(ObjectInputStream i) throws Exception {
            ran = true;
            i.defaultReadObject();
        }
    }

    public static String run() throws Throwable {
        Evil.ran = false;
        byte[] b = H.ser(new Evil());
        Object r = H.tr(() -> {
            var br = new org.apache.logging.log4j.core.net.server.ObjectInputStreamLogEventBridge();
            var in = br.wrapStream(new ByteArrayInputStream(b));
            br.logEvents(in, new org.apache.logging.log4j.core.LogEventListener() {});
            return "no exception";
        });
        return H.v(Evil.ran, H.cause(r));
    }
}
