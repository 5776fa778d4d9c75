package dev.jlp.builder;

/**
 * Where a body comes from and where it will be.
 *
 * @param logical the class of the fixed release that has it, whose {@code this} and {@code super} it means
 * @param actual the class that it will be in: the same, or one that is made for the patch
 */
record Context(String logical, String actual) {

    static Context own(String name) {
        return new Context(name, name);
    }

    boolean moved() {
        return !logical.equals(actual);
    }
}
