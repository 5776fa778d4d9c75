public class D_jersey_common_2021_28168 {
    public static String run() throws Throwable {
        Object r = H.tr(() -> {
            Class<?> k = Class.forName("org.glassfish.jersey.message.internal.Utils");
            for (var m : k.getDeclaredMethods())
                if (m.getName().equals("createTempFile") && m.getParameterCount() == 0) {
                    m.setAccessible(true);
                    java.io.File f = (java.io.File) m.invoke(null);
                    return H.othersRead(f.toPath());
                }
            return null;
        });
        return H.v(Boolean.TRUE.equals(r), H.cause(r));
    }
}
