public class D_spring_expression_2023_20863 {
    public static String run() throws Throwable {
        Object r = H.tr(() -> ((String)
                        new org.springframework.expression.spel.standard.SpelExpressionParser()
                                .parseExpression("'" + "a".repeat(50000) + "'")
                                .getValue())
                .length());
        return H.v(r instanceof Integer, r);
    }
}
