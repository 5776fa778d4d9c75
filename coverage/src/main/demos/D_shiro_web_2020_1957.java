public class D_shiro_web_2020_1957 {
    public static String run() throws Throwable {
        var e = System.err;
        System.setErr(new java.io.PrintStream(java.io.OutputStream.nullOutputStream()));
        try {
            var q = H.proxy(
                    javax.servlet.http.HttpServletRequest.class,
                    new java.util.HashMap<>(java.util.Map.of(
                            "getRequestURI",
                            "/fdsf;/../admin/1",
                            "getContextPath",
                            "",
                            "getServletPath",
                            "/admin/1")));
            String r = org.apache.shiro.web.util.WebUtils.getPathWithinApplication(q);
            return H.v(!r.startsWith("/admin"), "path the filter sees: " + r);
        } finally {
            System.setErr(e);
        }
    }
}
