public class D_snakeyaml_2017_18640 {
    public static String run() throws Throwable {
        StringBuilder s = new StringBuilder("a0: &a0 [x,x,x,x,x,x,x,x,x]\n");
        for (int i = 1; i < 25; i++) {
            s.append("a" + i + ": &a" + i + " [");
            for (int j = 0; j < 9; j++) s.append((j > 0 ? "," : "") + "*a" + (i - 1));
            s.append("]\n");
        }
        Object r = H.timed(
                5000,
                0,
                () -> ((java.util.Map<?, ?>) new org.yaml.snakeyaml.Yaml().load(s.toString()))
                        .size());
        return H.v(r instanceof Integer, H.cause(r));
    }
}
