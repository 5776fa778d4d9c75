import io.netty.handler.codec.http.multipart.*;

public class D_netty_codec_http_2021_21290 {
    public static String run() throws Throwable {
        DiskAttribute a = new DiskAttribute("x");
        a.setContent(io.netty.buffer.Unpooled.copiedBuffer("data".getBytes()));
        boolean r = H.othersRead(a.getFile().toPath());
        a.delete();
        return H.v(r, "temp file readable by others: " + r);
    }
}
