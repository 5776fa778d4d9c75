public class D_spring_web_2020_5398 {
    public static String run() throws Throwable {
        String r = org.springframework.http.ContentDisposition.builder("attachment")
                .filename("a\";filename=\"evil.bat")
                .build()
                .toString();
        return H.v(r.contains("filename=\"a\";filename=\"evil.bat\""), r);
    }
}
