/**
 * Commands and status as data, their wire form, and the client. Does not know how a command is carried
 * out. Kernel counterpart: sysfs.
 */
@NullMarked
package dev.jlp.control;

import org.jspecify.annotations.NullMarked;
