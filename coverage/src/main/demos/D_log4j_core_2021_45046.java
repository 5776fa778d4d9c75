import org.apache.logging.log4j.*;
import org.apache.logging.log4j.core.config.*;
import org.apache.logging.log4j.core.impl.*;
import org.apache.logging.log4j.core.layout.*;
import org.apache.logging.log4j.message.*;

public class D_log4j_core_2021_45046 {
    public static String run() throws Throwable {
        try (H.Trap t = new H.Trap()) {
            var e = System.err;
            System.setErr(new java.io.PrintStream(java.io.OutputStream.nullOutputStream()));
            try {
                H.timed(5000, 0, () -> {
                    ThreadContext.put("x", "${jndi:ldap://127.0.0.1:" + t.port + "/a}");
                    Configuration c = new DefaultConfiguration();
                    PatternLayout l = PatternLayout.newBuilder()
                            .withConfiguration(c)
                            .withPattern("${ctx:x} %m%n")
                            .build();
                    return l.toSerializable(Log4jLogEvent.newBuilder()
                            .setLoggerName("a")
                            .setLevel(Level.ERROR)
                            .setMessage(new SimpleMessage("m"))
                            .build());
                });
            } finally {
                System.setErr(e);
            }
            return H.v(t.hit(500), "ldap connection from thread context value: " + t.hit);
        }
    }
}
