import org.apache.catalina.connector.*;
import org.apache.catalina.startup.*;

import java.io.*;
import java.net.*;

public class D_tomcat_embed_core_2022_42252 {
    public static String run() throws Throwable {
        java.util.logging.LogManager.getLogManager().reset();
        org.apache.catalina.webresources.TomcatURLStreamHandlerFactory.disable();
        org.apache.tomcat.util.modeler.Registry.disableRegistry();
        Tomcat t = new Tomcat();
        t.setBaseDir(java.nio.file.Files.createTempDirectory("tc").toString());
        Connector c = new Connector("HTTP/1.1");
        c.setProperty("address", "127.0.0.1");
        c.setProperty("rejectIllegalHeader", "false");
        c.setPort(0);
        t.setConnector(c);
        t.addContext("", null);
        t.start();
        String l;
        try (var s = new Socket("127.0.0.1", c.getLocalPort())) {
            s.setSoTimeout(4000);
            s.getOutputStream()
                    .write("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\u0001\r\n\r\nhello"
                            .getBytes());
            l = new BufferedReader(new InputStreamReader(s.getInputStream())).readLine();
        }
        t.stop();
        t.destroy();
        return H.v(!String.valueOf(l).contains("400"), l);
    }
}
