public class D_commons_email_2017_9801 {
    public static String run() throws Throwable {
        var e = new org.apache.commons.mail.SimpleEmail();
        e.setSubject("hi\r\nBcc: evil@example.com");
        String r = e.getSubject();
        return H.v(r.contains("\n"), r);
    }
}
