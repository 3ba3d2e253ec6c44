package dev.telltale.collector.fleet;

import dev.telltale.verifier.EnrolmentRecord;

/** A device as everyone but the committer sees it. */
public record Device(EnrolmentRecord record, DeviceState state) {
  public Device with(DeviceState next) {
    return new Device(record, next);
  }
}
