package dev.telltale.collector.commit;

import dev.telltale.collector.fleet.Attachment;
import dev.telltale.collector.fleet.Device;
import dev.telltale.ledger.Entry;
import dev.telltale.protocol.Bytes;
import dev.telltale.protocol.DeviceId;
import dev.telltale.protocol.tlog.Leaf;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Entries on their way to one write, the devices as they will be after it, and what is to be said
 * then. Nothing leaves before the write is durable.
 */
final class Batch {
  private final long first;
  private final List<Entry> entries = new ArrayList<>();
  private final List<Runnable> answers = new ArrayList<>();
  private final Map<DeviceId, Device> staged = new HashMap<>();
  private final Map<DeviceId, Set<Bytes>> enrolling = new HashMap<>();
  private final Set<DeviceId> renewed = new HashSet<>();

  /** A batch whose first entry will have this index. */
  Batch(long first) {
    this.first = first;
  }

  /** Adds an entry; returns the leaf index it will have. */
  long add(Leaf leaf, Attachment attachment) {
    entries.add(new Entry(leaf.encode(), attachment.encode()));
    return first + entries.size() - 1;
  }

  long nextLeaf() {
    return first + entries.size();
  }

  /** Said when the batch is durable, in the order added. */
  void answer(Runnable answer) {
    answers.add(answer);
  }

  void stage(DeviceId id, Device device) {
    staged.put(id, device);
  }

  Optional<Device> staged(DeviceId id) {
    return Optional.ofNullable(staged.get(id));
  }

  /** Endorsement keys that enrol by this ticket in this batch. */
  Set<Bytes> enrolling(DeviceId ticket) {
    return Set.copyOf(enrolling.getOrDefault(ticket, Set.of()));
  }

  /** From here on, what the device sent under its earlier AK is too late for this batch. */
  void enrols(DeviceId ticket, Bytes ek, DeviceId device) {
    enrolling.computeIfAbsent(ticket, _ -> new HashSet<>()).add(ek);
    renewed.add(device);
  }

  boolean renews(DeviceId device) {
    return renewed.contains(device);
  }

  List<Entry> entries() {
    return List.copyOf(entries);
  }

  List<Runnable> answers() {
    return List.copyOf(answers);
  }
}
