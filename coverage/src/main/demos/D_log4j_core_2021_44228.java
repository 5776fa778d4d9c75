import org.apache.logging.log4j.*;

import java.io.*;

public class D_log4j_core_2021_44228 {
    // One for all runs: the library goes on writing to the stream that it finds first.
    private static final ByteArrayOutputStream b = new ByteArrayOutputStream();

    public static String run() throws Throwable {
        try (H.Trap t = new H.Trap()) {
            var e = System.err;
            var o = System.out;
            b.reset();
            System.setOut(new PrintStream(b));
            System.setErr(new PrintStream(b));
            try {
                H.timed(4000, 0, () -> {
                    LogManager.getLogger("x")
                            .error("PROBE ${jndi:ldap://127.0.0.1:" + t.port + "/a}");
                    return null;
                });
            } finally {
                System.setErr(e);
                System.setOut(o);
            }
            boolean hit = t.hit(500);
            if (!hit && !b.toString().contains("PROBE")) return "ERROR nothing logged";
            return H.v(hit, "ldap connection to the logged address: " + hit);
        }
    }
}
