/** What runs in the JVMs that are patched, beside a demonstration; must never use the rest of the room. */
@NullMarked
package dev.jlp.coverage.program;

import org.jspecify.annotations.NullMarked;
