/** The service manager: readiness, status and watchdog of sd_notify(3), without libsystemd. */
@NullMarked
package dev.telltale.platform.systemd;

import org.jspecify.annotations.NullMarked;
