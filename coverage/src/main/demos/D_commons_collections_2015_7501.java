public class D_commons_collections_2015_7501 {
    public static String run() throws Throwable {
        Object r = H.tr(() -> H.deser(
                H.ser(org.apache.commons.collections.functors.InvokerTransformer.getInstance(
                        "toString"))));
        return H.v(!(r instanceof Throwable), r);
    }
}
