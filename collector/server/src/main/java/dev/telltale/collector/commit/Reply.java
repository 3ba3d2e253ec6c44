package dev.telltale.collector.commit;

import dev.telltale.protocol.Bytes;
import dev.telltale.protocol.DeviceId;

/**
 * Where a message came from: whom to answer, what exactly was received, and how to be done with it.
 */
public record Reply(DeviceId device, Bytes received, Runnable done) {}
