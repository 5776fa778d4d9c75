/**
 * Class bytes in, class bytes out: fingerprints, armed bodies, final bodies. Never loads or defines a
 * class and keeps no state between calls. Kernel counterpart: ftrace's call site and arch code.
 */
@NullMarked
package dev.jlp.weaver;

import org.jspecify.annotations.NullMarked;
