public class D_jackson_core_2025_52999 {
    public static String run() throws Throwable {
        Object r = H.tr(() -> {
            var p = new com.fasterxml.jackson.core.JsonFactory().createParser("[".repeat(50000));
            int n = 0;
            for (int i = 0; i < 50000; i++) {
                p.nextToken();
                n++;
            }
            return n;
        });
        return H.v(r instanceof Integer, H.cause(r));
    }
}
