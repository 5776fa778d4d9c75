public class D_guava_2023_2976 {
    public static String run() throws Throwable {
        var o = new com.google.common.io.FileBackedOutputStream(1);
        o.write(new byte[100]);
        var f = o.getClass().getDeclaredField("file");
        f.setAccessible(true);
        boolean r = H.othersRead(((java.io.File) f.get(o)).toPath());
        o.reset();
        return H.v(r, "readable by others: " + r);
    }
}
