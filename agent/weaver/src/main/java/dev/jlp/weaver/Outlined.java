package dev.jlp.weaver;

import dev.jlp.patch.MethodId;

/**
 * A body outside its method: a class with one static method, to be defined as a hidden nest mate.
 *
 * @param method whose body it is
 * @param key what the armed method asks the bridge for; the same for the same class file
 * @param classFile the class
 */
@SuppressWarnings("ArrayRecordComponent") // a class file; compared by nobody
public record Outlined(MethodId method, long key, byte[] classFile) {}
