/** Tests of messages to the service manager. */
@NullMarked
package dev.telltale.platform.systemd;

import org.jspecify.annotations.NullMarked;
