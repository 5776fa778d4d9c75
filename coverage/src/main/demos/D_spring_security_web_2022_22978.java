public class D_spring_security_web_2022_22978 {
    public static String run() throws Throwable {
        var m = new org.springframework.security.web.util.matcher.RegexRequestMatcher(
                "/admin/.*", null);
        var q = H.proxy(
                javax.servlet.http.HttpServletRequest.class,
                java.util.Map.of("getServletPath", "/admin/a\nb", "getMethod", "GET"));
        boolean r = m.matches(q);
        return H.v(!r, "rule matches: " + r);
    }
}
