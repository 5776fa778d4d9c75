/** Tests of what is counted and read; the builds and JVMs themselves are the command's. */
@NullMarked
package dev.jlp.coverage;

import org.jspecify.annotations.NullMarked;
