public class D_snakeyaml_2022_25857 {
    public static String run() throws Throwable {
        Object r = H.timed(
                20000, 1 << 19, () -> new org.yaml.snakeyaml.Yaml().load("[".repeat(20000)));
        return H.v(r instanceof StackOverflowError, H.cause(r));
    }
}
