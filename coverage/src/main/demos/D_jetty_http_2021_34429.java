public class D_jetty_http_2021_34429 {
    public static String run() throws Throwable {
        StringBuilder s = new StringBuilder();
        for (String u : new String[] {
            "/%u002e/WEB-INF/web.xml", "/.%00/WEB-INF/web.xml", "/a/b/..%00/WEB-INF/web.xml"
        })
            s.append(H.tr(() -> {
                        var x = new org.eclipse.jetty.http.HttpURI();
                        x.parse(u);
                        return x.getDecodedPath() + " amb=" + x.isAmbiguous();
                    }))
                    .append(" | ");
        Object r = H.tr(() -> {
            var x = new org.eclipse.jetty.http.HttpURI();
            x.parse("/%u002e/WEB-INF/web.xml");
            return x.getDecodedPath() + " ambiguous=" + x.isAmbiguous();
        });
        return H.v(String.valueOf(r).endsWith("false"), r);
    }
}
