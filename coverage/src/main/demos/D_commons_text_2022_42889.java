public class D_commons_text_2022_42889 {
    public static String run() throws Throwable {
        var p = H.secret();
        Object r = H.tr(() -> org.apache.commons.text.StringSubstitutor.createInterpolator()
                .replace("${url:UTF-8:" + p.toUri() + "}"));
        return H.v(String.valueOf(r).contains("SECRET42"), r);
    }
}
