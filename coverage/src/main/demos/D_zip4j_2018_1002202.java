public class D_zip4j_2018_1002202 {
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
        var d = zip();
        Object r = H.tr(() -> {
            new net.lingala.zip4j.core.ZipFile(d.resolve("a.zip").toFile())
                    .extractAll(d.resolve("out").toString());
            return "done";
        });
        return H.v(java.nio.file.Files.exists(d.resolve("evil.txt")), H.cause(r));
    }
}
