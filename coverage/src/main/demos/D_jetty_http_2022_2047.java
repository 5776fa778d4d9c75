public class D_jetty_http_2022_2047 {
    public static String run() throws Throwable {
        Object r = H.tr(() -> {
            var u = new org.eclipse.jetty.http.HttpURI("http://localhost:80/p");
            u.setPath("1@evil.example/x");
            return u.toString();
        });
        return H.v(!(r instanceof Throwable), r);
    }
}
