/**
 * The operator's questions and orders to the running collector, over its Unix socket. An order is a
 * statement that the operator's key has signed before it came here: the collector itself has no
 * authority to change what it believes.
 */
@NullMarked
package dev.telltale.collector.admin;

import org.jspecify.annotations.NullMarked;
