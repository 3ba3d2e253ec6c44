/** Tests of questions over a Unix socket. */
@NullMarked
package dev.telltale.platform.admin;

import org.jspecify.annotations.NullMarked;
