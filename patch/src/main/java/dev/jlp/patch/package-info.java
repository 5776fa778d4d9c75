/**
 * What a patch is: its model and the artifact {@code NAME.jlp}. Never touches a JVM, a class loader
 * or a network. Kernel counterpart: {@code include/linux/livepatch.h} and the module format.
 */
@NullMarked
package dev.jlp.patch;

import org.jspecify.annotations.NullMarked;
