/**
 * What woven code calls. At run time these classes are members of {@code java.lang} in {@code
 * java.base}, where every class of every loader can link to them. On the hot path: no allocation, no
 * lock. Never logs, never names another room. Kernel counterpart: the handler in {@code patch.c}.
 */
@NullMarked
package dev.jlp.bridge;

import org.jspecify.annotations.NullMarked;
