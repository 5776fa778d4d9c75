public class D_snakeyaml_2022_1471 {
    public static class Evil {
        public static boolean ran;

        public Evil(String s) {
            ran = true;
        }
    }

    public static String run() throws Throwable {
        Evil.ran = false;
        Thread.currentThread().setContextClassLoader(H.class.getClassLoader());
        Object r =
                H.tr(() -> new org.yaml.snakeyaml.Yaml().load("!!D_snakeyaml_2022_1471$Evil [x]"));
        return H.v(Evil.ran, H.cause(r));
    }
}
