import io.netty.buffer.*;
import io.netty.channel.embedded.*;
import io.netty.handler.codec.http.*;

public class D_netty_codec_http_2019_20444 {
    public static String run() throws Throwable {
        EmbeddedChannel c = new EmbeddedChannel(new HttpRequestDecoder());
        c.writeInbound(
                Unpooled.copiedBuffer("GET / HTTP/1.1\r\nNoColon\r\nHost: a\r\n\r\n".getBytes()));
        HttpRequest q = c.readInbound();
        return H.v(
                !q.decoderResult().isFailure(),
                q.decoderResult() + " " + q.headers().names());
    }
}
