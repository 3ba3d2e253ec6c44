/** A real broker for tests, and tests of the link against it. */
@NullMarked
package dev.telltale.platform.mqtt;

import org.jspecify.annotations.NullMarked;
