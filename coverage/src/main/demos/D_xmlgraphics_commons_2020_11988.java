public class D_xmlgraphics_commons_2020_11988 {
    public static String run() throws Throwable {
        try (H.Trap t = new H.Trap()) {
            Object r = H.timed(
                    4000,
                    0,
                    () -> org.apache.xmlgraphics.xmp.XMPParser.parseXMP(
                            new javax.xml.transform.stream.StreamSource(new java.io.StringReader(
                                    "<!DOCTYPE x [<!ENTITY e SYSTEM 'http://127.0.0.1:" + t.port
                                            + "/x'>]><x>&e;</x>"))));
            return H.v(t.hit(300), H.cause(r));
        }
    }
}
