public class D_h2_2021_42392 {
    public static String run() throws Throwable {
        try (H.Trap t = new H.Trap()) {
            Object r = H.timed(
                    5000,
                    0,
                    () -> org.h2.util.JdbcUtils.getConnection(
                            "javax.naming.InitialContext",
                            "ldap://127.0.0.1:" + t.port + "/x",
                            "",
                            ""));
            return H.v(t.hit(300), H.cause(r));
        }
    }
}
