public class D_spring_web_2024_22243 {
    public static String run() throws Throwable {
        Object r = H.tr(() -> org.springframework.web.util.UriComponentsBuilder.fromUriString(
                        "http://good.example[@evil.example/x")
                .build()
                .getHost());
        return H.v("good.example".equals(r), r);
    }
}
