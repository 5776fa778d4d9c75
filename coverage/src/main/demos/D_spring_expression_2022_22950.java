public class D_spring_expression_2022_22950 {
    public static String run() throws Throwable {
        Object r =
                H.tr(() -> new org.springframework.expression.spel.standard.SpelExpressionParser()
                        .parseExpression("new int[1024 * 1024 * 8]")
                        .getValue());
        return H.v(r instanceof int[], r);
    }
}
