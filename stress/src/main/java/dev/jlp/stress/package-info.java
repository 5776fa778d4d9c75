/**
 * What {@code docs/concurrency.md} claims of the bridge's memory order, tried on real processors. Uses the
 * bridge's classes as they are before they move into {@code java.lang}. Never part of the product.
 */
@NullMarked
package dev.jlp.stress;

import org.jspecify.annotations.NullMarked;
