public class D_log4j_core_2021_44832 {
    public static String run() throws Throwable {
        try (H.Trap t = new H.Trap()) {
            var e = System.err;
            var o = System.out;
            var n = new java.io.PrintStream(java.io.OutputStream.nullOutputStream());
            System.setErr(n);
            System.setOut(n);
            Object r;
            try {
                r = H.timed(
                        4000,
                        0,
                        () -> org.apache.logging.log4j.core.appender.db.jdbc
                                .DataSourceConnectionSource.createConnectionSource(
                                "ldap://127.0.0.1:" + t.port + "/a"));
            } finally {
                System.setErr(e);
                System.setOut(o);
            }
            return H.v(t.hit(300), "jndi data source connects: " + t.hit);
        }
    }
}
