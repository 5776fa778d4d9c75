public class D_zt_zip_2018_1002201 {
    static java.nio.file.Path zip() throws Exception {
        var d = java.nio.file.Files.createTempDirectory("zs");
        var z = d.resolve("a.zip");
        try (var o = new java.util.zip.ZipOutputStream(java.nio.file.Files.newOutputStream(z))) {
            o.putNextEntry(new java.util.zip.ZipEntry("good.txt"));
            o.write(1);
            o.closeEntry();
            o.putNextEntry(new java.util.zip.ZipEntry("../evil.txt"));
            o.write(1);
            o.closeEntry();
        }
        java.nio.file.Files.createDirectory(d.resolve("out"));
        return d;
    }

    public static String run() throws Throwable {
        var e = System.err;
        System.setErr(new java.io.PrintStream(java.io.OutputStream.nullOutputStream()));
        try {
            var d = zip();
            Object r = H.tr(() -> {
                org.zeroturnaround.zip.ZipUtil.unpack(
                        d.resolve("a.zip").toFile(), d.resolve("out").toFile());
                return "done";
            });
            return H.v(java.nio.file.Files.exists(d.resolve("evil.txt")), H.cause(r));
        } finally {
            System.setErr(e);
        }
    }
}
