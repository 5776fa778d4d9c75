public class D_jettison_2022_40149 {
    public static String run() throws Throwable {
        StringBuilder s = new StringBuilder();
        boolean v = false;
        for (String x : new String[] {"{/", "{\"a\":/*", "{/*", "{//", "{#", "{\"a\":1/"}) {
            Object r = H.timed(4000, 1 << 19, () -> new org.codehaus.jettison.json.JSONObject(x));
            if ("TIMEOUT".equals(r) || r instanceof Error) v = true;
            s.append(H.cause(r)).append(" | ");
        }
        return H.v(v, s);
    }
}
