public class D_parsson_2023_4043 {
    public static String run() throws Throwable {
        Object r = H.tr(() -> new org.eclipse.parsson.JsonProviderImpl()
                .createReader(new java.io.StringReader("[1e200001]"))
                .readArray()
                .getJsonNumber(0)
                .bigIntegerValue()
                .bitLength());
        return H.v(r instanceof Integer, H.cause(r));
    }
}
