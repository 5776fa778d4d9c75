import org.apache.catalina.connector.*;
import org.apache.catalina.startup.*;

public class D_tomcat_embed_core_2020_1938 {
    public static String run() throws Throwable {
        java.util.logging.LogManager.getLogManager().reset();
        org.apache.catalina.webresources.TomcatURLStreamHandlerFactory.disable();
        org.apache.tomcat.util.modeler.Registry.disableRegistry();
        Tomcat t = new Tomcat();
        t.setBaseDir(java.nio.file.Files.createTempDirectory("tc").toString());
        Connector c = new Connector("AJP/1.3");
        c.setProperty("address", "127.0.0.1");
        c.setPort(0);
        t.setConnector(c);
        t.addContext("", null);
        H.tr(() -> {
            t.start();
            return null;
        });
        boolean open = false;
        try (var s = new java.net.Socket("127.0.0.1", c.getLocalPort())) {
            open = true;
        } catch (java.io.IOException refused) {
            open = false; // nobody listens: the fixed release does not start the connector
        }
        String st = c.getStateName();
        H.tr(() -> {
            t.stop();
            t.destroy();
            return null;
        });
        return H.v("STARTED".equals(st), "AJP connector with no secret: " + st + " open=" + open);
    }
}
