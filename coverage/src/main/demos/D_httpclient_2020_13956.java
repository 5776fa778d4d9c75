public class D_httpclient_2020_13956 {
    public static String run() throws Throwable {
        Object r = H.tr(() -> org.apache.http.client.utils.URIUtils.extractHost(
                new java.net.URI("http://user@evil.example:80@good.example/")));
        return H.v(r != null && !(r instanceof Throwable), r);
    }
}
