public class D_snakeyaml_2022_38752 {
    public static String run() throws Throwable {
        Object r = H.timed(20000, 1 << 20, () -> {
            new org.yaml.snakeyaml.Yaml().load("a: '" + "x".repeat(4 * 1024 * 1024) + "'");
            return "loaded 4 MiB document";
        });
        return H.v(!(r instanceof Throwable), H.cause(r));
    }
}
