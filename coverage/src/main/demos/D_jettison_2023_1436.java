public class D_jettison_2023_1436 {
    public static String run() throws Throwable {
        Object r = H.timed(20000, 1 << 19, () -> {
            var m = new java.util.ArrayList<Object>();
            m.add(m);
            return new org.codehaus.jettison.json.JSONArray(m).length();
        });
        return H.v(r instanceof StackOverflowError, H.cause(r));
    }
}
