import java.io.*;

public class D_fontbox_2018_8036 {
    public static String run() throws Throwable {
        Object r = H.timed(
                6000,
                0,
                () -> new org.apache.fontbox.afm.AFMParser(new ByteArrayInputStream(
                                "StartFontMetrics 4.1\nComment abc".getBytes()))
                        .parse());
        return H.v("TIMEOUT".equals(r) || H.is(r, OutOfMemoryError.class), H.cause(r));
    }
}
