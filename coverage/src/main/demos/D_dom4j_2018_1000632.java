public class D_dom4j_2018_1000632 {
    public static String run() throws Throwable {
        Object r = H.tr(() -> org.dom4j.DocumentHelper.createElement("a><evil").asXML());
        return H.v(!(r instanceof Throwable), H.cause(r));
    }
}
