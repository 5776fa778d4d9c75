import io.netty.handler.codec.http.*;

public class D_netty_codec_2022_41915 {
    public static String run() throws Throwable {
        Object q = H.tr(() -> new DefaultHttpHeaders()
                .set("x", (Iterable<?>) java.util.Arrays.asList("a\r\nInjected: 1"))
                .toString());
        return H.v(!(q instanceof Throwable), q);
    }
}
