public class D_spring_expression_2023_20861 {
    public static String run() throws Throwable {
        Object r = H.tr(() -> ((String)
                        new org.springframework.expression.spel.standard.SpelExpressionParser()
                                .parseExpression("'abcdefghij' * 1000000")
                                .getValue())
                .length());
        return H.v(r instanceof Integer, r);
    }
}
