/** The shop, its attackers and its customers, in a process of their own. */
@NullMarked
package dev.jlp.demo;

import org.jspecify.annotations.NullMarked;
