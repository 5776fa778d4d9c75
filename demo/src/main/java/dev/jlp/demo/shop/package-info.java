/**
 * The victim: a small web shop on Jetty, H2, log4j and commons-text, written as such shops are. Knows nothing of
 * live patching, and must never listen anywhere but on loopback. No kernel counterpart.
 */
@NullMarked
package dev.jlp.demo.shop;

import org.jspecify.annotations.NullMarked;
