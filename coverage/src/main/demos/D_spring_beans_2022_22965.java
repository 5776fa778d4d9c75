public class D_spring_beans_2022_22965 {
    public static class Bean {
        String a;

        public String getA() {
            return a;
        }

        public void setA(String x) {
            a = x;
        }
    }

    public static String run() throws Throwable {
        Object r = H.tr(() -> new org.springframework.beans.BeanWrapperImpl(new Bean())
                .getPropertyType("class.module.classLoader"));
        return H.v(r instanceof Class, r);
    }
}
