package dev.jlp.acceptance;

/** A class whose fix needs everything that a patch can put into a loader. */
final class BulkySources {

    /** Seventeen bytes each: one body fills most of a method. */
    private static final String FILLING = "sum += 1000 * sum;\n".repeat(3_500);

    private static final Sources BULKY =
            Sources.of("bulk/Bulky.java", """
            package bulk;

            public final class Bulky {
                private static final Bulky ONE = new Bulky();
                private int sum;

                public static String call() {
                    return ONE.work(0L);
                }

                private String work(long one) {
                    if (one == 1) {
                        FILLING
                    }
                    BODY
                }
                MORE
            }
            """.replace("FILLING", FILLING));

    private BulkySources() {}

    static Sources before() {
        return BULKY.replace("BODY", "return \"before\";").replace("MORE", "");
    }

    static Sources after() {
        return BULKY.replace("BODY", """
                java.util.concurrent.atomic.AtomicInteger count =
                        dev.jlp.api.Shadow.<java.util.concurrent.atomic.AtomicInteger>id("calls")
                                .getOrAlloc(
                                        this,
                                        any -> new java.util.concurrent.atomic.AtomicInteger());
                java.util.function.Supplier<String> rest =
                        () -> Added.ONE.text() + " " + companion();
                return "after " + count.incrementAndGet() + " " + rest.get();
                """).replace("MORE", """
                private static String companion() {
                    return "companion";
                }
                """).and("bulk/Added.java", """
                package bulk;

                final class Added {
                    static final Added ONE = new Added();

                    String text() {
                        return "added";
                    }
                }
                """);
    }
}
