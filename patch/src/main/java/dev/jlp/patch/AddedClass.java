package dev.jlp.patch;

/**
 * A class that only the fixed release has. It is defined in the target's loader, once.
 *
 * @param name internal name, with slashes
 * @param bytes the class file
 */
@SuppressWarnings("ArrayRecordComponent") // a class file; compared by nobody
public record AddedClass(String name, byte[] bytes) {}
