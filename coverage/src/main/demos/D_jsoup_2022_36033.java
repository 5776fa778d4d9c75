public class D_jsoup_2022_36033 {
    public static String run() throws Throwable {
        String h =
                "<a href=\"java\u0001script:alert(1)\">x</a><a href=\"\u0001javascript:alert(1)\">y</a>";
        String r = org.jsoup.Jsoup.clean(
                h,
                "https://example.com/",
                org.jsoup.safety.Safelist.basic().preserveRelativeLinks(true));
        return H.v(r.contains("script:alert"), r);
    }
}
