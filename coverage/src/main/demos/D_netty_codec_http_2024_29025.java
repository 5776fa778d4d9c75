import io.netty.buffer.*;
import io.netty.handler.codec.http.*;
import io.netty.handler.codec.http.multipart.*;

public class D_netty_codec_http_2024_29025 {
    public static String run() throws Throwable {
        Object r = H.tr(() -> {
            var q = new DefaultFullHttpRequest(
                    HttpVersion.HTTP_1_1,
                    HttpMethod.POST,
                    "/",
                    Unpooled.copiedBuffer("a=1&".repeat(5000).getBytes()));
            q.headers().set("Content-Type", "application/x-www-form-urlencoded");
            return new HttpPostRequestDecoder(q).getBodyHttpDatas().size();
        });
        return H.v(r instanceof Integer, H.cause(r));
    }
}
