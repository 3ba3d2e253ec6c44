/**
 * Questions to a running program of ours, over a Unix socket on the same machine: one request, any
 * number of answers, each a bounded frame of bytes whose meaning is the program's.
 *
 * <p>On the wire: a frame is its length as four bytes, big-endian, and as many bytes. The client
 * sends one frame; the server sends its answers and then a length of zero, which says that they are
 * complete; then both close.
 */
@NullMarked
package dev.telltale.platform.admin;

import org.jspecify.annotations.NullMarked;
