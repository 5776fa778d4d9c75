public class D_spring_web_2024_22259 {
    public static String run() throws Throwable {
        StringBuilder s = new StringBuilder();
        for (String u : new String[] {
            "http://good.example\\@evil.example/",
            "http://good.example[@evil.example/x",
            "http://[good.example]@evil.example/",
            "http://a@b@evil.example/",
            "http://good.example:@evil.example"
        })
            s.append(H.tr(() -> org.springframework.web.util.UriComponentsBuilder.fromUriString(u)
                            .build()
                            .getHost()))
                    .append(" | ");
        return H.v(s.toString().contains("b@evil"), s);
    }
}
