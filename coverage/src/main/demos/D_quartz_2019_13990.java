public class D_quartz_2019_13990 {
    public static String run() throws Throwable {
        var e = System.err;
        System.setErr(new java.io.PrintStream(java.io.OutputStream.nullOutputStream()));
        try (H.Trap t = new H.Trap()) {
            Thread.currentThread().setContextClassLoader(H.class.getClassLoader());
            Object r = H.timed(5000, 0, () -> {
                var h = new org.quartz.simpl.CascadingClassLoadHelper();
                h.initialize();
                var p = new org.quartz.xml.XMLSchedulingDataProcessor(h);
                p.processStreamAndScheduleJobs(
                        new java.io.ByteArrayInputStream(
                                ("<!DOCTYPE x [<!ENTITY % e SYSTEM 'http://127.0.0.1:" + t.port
                                                + "/x'> %e;]><x/>")
                                        .getBytes()),
                        "x",
                        (org.quartz.Scheduler) null);
                return "ok";
            });
            return H.v(t.hit(300), H.cause(r));
        } finally {
            System.setErr(e);
        }
    }
}
