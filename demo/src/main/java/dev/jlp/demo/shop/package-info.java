/**
 * The victim: a small web shop on Jetty, H2 and log4j, written as such shops are. Knows nothing of
 * live patching, and must never listen anywhere but on loopback. No kernel counterpart.
 */
@NullMarked
package dev.jlp.demo.shop;

import org.jspecify.annotations.NullMarked;
