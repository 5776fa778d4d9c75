import io.netty.buffer.*;
import io.netty.channel.embedded.*;
import io.netty.handler.codec.http.*;

public class D_netty_codec_http_2025_58056 {
    public static String run() throws Throwable {
        EmbeddedChannel c = new EmbeddedChannel(new HttpRequestDecoder());
        c.writeInbound(Unpooled.copiedBuffer(
                "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n2;x\nab\r\n0\r\n\r\n"
                        .getBytes()));
        boolean bad = false;
        Object o;
        StringBuilder s = new StringBuilder();
        while ((o = c.readInbound()) != null) {
            if (o instanceof HttpObject && ((HttpObject) o).decoderResult().isFailure()) bad = true;
            s.append(o.getClass().getSimpleName()).append(' ');
        }
        return H.v(!bad, s + " failure=" + bad);
    }
}
