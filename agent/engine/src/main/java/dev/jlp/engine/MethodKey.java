package dev.jlp.engine;

import dev.jlp.patch.MethodId;

/**
 * A method that patches change, whatever loader its class is in.
 *
 * @param className internal name, with slashes
 * @param method within the class
 */
public record MethodKey(String className, MethodId method) implements Comparable<MethodKey> {

    @Override
    public int compareTo(MethodKey other) {
        int byClass = className.compareTo(other.className);
        return byClass != 0 ? byClass : method.compareTo(other.method);
    }

    /** As people write it: {@code org.example.Cart.price(I)I}. */
    @Override
    public String toString() {
        return className.replace('/', '.') + "." + method;
    }
}
