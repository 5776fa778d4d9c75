import org.apache.velocity.util.introspection.*;

public class D_velocity_engine_core_2020_13936 {
    public static class MyLoader extends ClassLoader {}

    public static String run() throws Throwable {
        var e = System.err;
        System.setErr(new java.io.PrintStream(java.io.OutputStream.nullOutputStream()));
        try {
            var s = new SecureIntrospectorImpl(
                    new String[] {"java.lang.ClassLoader"},
                    new String[] {},
                    org.slf4j.LoggerFactory.getLogger("x"));
            boolean r = s.checkObjectExecutePermission(MyLoader.class, "loadClass");
            return H.v(r, "method call on class loader subclass allowed: " + r);
        } finally {
            System.setErr(e);
        }
    }
}
