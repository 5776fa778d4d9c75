/** A seam into the bridge's package, for the orders that its own methods make impossible. */
@NullMarked
package dev.jlp.bridge;

import org.jspecify.annotations.NullMarked;
