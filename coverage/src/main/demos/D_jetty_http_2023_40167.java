import org.eclipse.jetty.http.*;

import java.nio.*;
import java.util.*;

public class D_jetty_http_2023_40167 {
    public static String run() throws Throwable {
        boolean[] bad = new boolean[1];
        boolean[] ok = new boolean[1];
        HttpParser p = new HttpParser(new HttpParser.RequestHandler() {
            public boolean startRequest(String m, String u, HttpVersion v) {
                return false;
            }

            public boolean content(ByteBuffer b) {
                ok[0] = true;
                return false;
            }

            public boolean headerComplete() {
                return false;
            }

            public boolean contentComplete() {
                return false;
            }

            public boolean messageComplete() {
                return true;
            }

            public void parsedHeader(HttpField f) {}

            public void earlyEOF() {}

            public void badMessage(BadMessageException e) {
                bad[0] = true;
            }

            public int getHeaderCacheSize() {
                return 1024;
            }
        });
        ByteBuffer b = ByteBuffer.wrap(
                "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: +5\r\n\r\nhello".getBytes());
        p.parseNext(b);
        p.parseNext(b);
        return H.v(!bad[0], "bad message reported: " + bad[0]);
    }
}
