package dev.jlp.runtime;

import java.time.Instant;

/**
 * A patch that was ever loaded: never forgotten. Kernel counterpart: the taint flag.
 *
 * @param patch its name
 * @param version its version
 * @param time when
 * @param user who asked
 */
record Taint(String patch, String version, Instant time, String user) {}
