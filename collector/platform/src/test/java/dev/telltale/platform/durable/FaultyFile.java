package dev.telltale.platform.durable;

import dev.telltale.platform.durable.FaultyDisk.Operation;
import dev.telltale.platform.durable.FaultyDisk.Site;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * The content of a file of a {@link FaultyDisk}: what is durable, what is visible, and the changes
 * between them. At a power cut each change, by itself, has not happened, has happened, has happened
 * in some blocks only, or has only made the file longer.
 */
final class FaultyFile {
  /** What can become of one unsynced change. */
  static final int OUTCOMES = 4;

  private static final int BLOCK = 16;

  private byte[] durable = new byte[0];
  private byte[] visible = new byte[0];
  private final List<Change> pending = new ArrayList<>();

  private sealed interface Change {}

  private record Written(int position, ByteBuffer bytes) implements Change {}

  private record Truncated(int size) implements Change {}

  byte[] content() {
    return visible.clone();
  }

  void become(byte[] content) {
    durable = content.clone();
    visible = content.clone();
    pending.clear();
  }

  int pendingChanges() {
    return pending.size();
  }

  FaultyFile asVisible() {
    FaultyFile copy = new FaultyFile();
    copy.become(visible);
    return copy;
  }

  FaultyFile afterPowerCut(long[] choice, Random random) {
    byte[] content = durable.clone();
    for (Change change : pending) {
      int outcome = (int) (choice[0] % OUTCOMES);
      choice[0] /= OUTCOMES;
      content =
          switch (change) {
            case Written written -> survive(content, written, outcome, random);
            case Truncated truncated ->
                outcome == 0 ? content : Arrays.copyOf(content, truncated.size());
          };
    }
    FaultyFile copy = new FaultyFile();
    copy.become(content);
    return copy;
  }

  private static byte[] survive(byte[] content, Written written, int outcome, Random random) {
    return switch (outcome) {
      case 0 -> content;
      case 1 -> put(content, written);
      case 2 -> torn(content, written, random);
      default ->
          Arrays.copyOf(
              content, Math.max(content.length, written.position() + written.bytes().limit()));
    };
  }

  /** Some blocks, and perhaps not the full length. */
  private static byte[] torn(byte[] content, Written written, Random random) {
    int length = written.bytes().limit();
    int reached = written.position() + random.nextInt(length + 1);
    byte[] whole = put(content, written);
    byte[] result = Arrays.copyOf(content, Math.max(content.length, reached));
    for (int at = written.position(); at < reached; at += BLOCK) {
      if (random.nextInt(3) != 0) {
        System.arraycopy(whole, at, result, at, Math.min(BLOCK, reached - at));
      }
    }
    return result;
  }

  private static byte[] put(byte[] content, Written written) {
    int length = written.bytes().limit();
    byte[] result = Arrays.copyOf(content, Math.max(content.length, written.position() + length));
    written.bytes().duplicate().get(result, written.position(), length);
    return result;
  }

  Disk.File handle(FaultyDisk disk) {
    return new Handle(disk);
  }

  private void write(int position, byte[] bytes) {
    if (bytes.length > 0) {
      Written written = new Written(position, ByteBuffer.wrap(bytes));
      visible = put(visible, written);
      pending.add(written);
    }
  }

  private final class Handle implements Disk.File {
    private final FaultyDisk disk;
    private boolean open = true;

    private Handle(FaultyDisk disk) {
      this.disk = disk;
    }

    private Site begin(Operation operation) throws IOException {
      if (!open) {
        throw new IOException("Stream Closed");
      }
      return disk.begin(operation);
    }

    @Override
    public long size() throws IOException {
      begin(Operation.SIZE);
      return visible.length;
    }

    @Override
    public int read(long position, ByteBuffer target) throws IOException {
      begin(Operation.READ);
      int count = Math.clamp(visible.length - position, 0, target.remaining());
      if (count > 0) {
        target.put(visible, (int) position, count);
      }
      return count;
    }

    @Override
    public void write(long position, ByteBuffer source) throws IOException {
      byte[] bytes = new byte[source.remaining()];
      source.get(bytes);
      Site site;
      try {
        site = begin(Operation.WRITE);
      } catch (IOException e) {
        FaultyFile.this.write((int) position, Arrays.copyOf(bytes, bytes.length / 2));
        throw e;
      }
      if (!disk.leavesOut(site)) {
        FaultyFile.this.write((int) position, bytes);
      }
      disk.done(site);
    }

    @Override
    public void truncate(long size) throws IOException {
      Site site = begin(Operation.TRUNCATE);
      visible = Arrays.copyOf(visible, (int) size);
      pending.add(new Truncated((int) size));
      disk.done(site);
    }

    /** A failed force leaves the pages visible and clean: no later force will write them. */
    @Override
    public void force() throws IOException {
      Site site;
      try {
        site = begin(Operation.FORCE);
      } catch (IOException e) {
        pending.clear();
        throw e;
      }
      if (!disk.leavesOut(site)) {
        durable = Arrays.copyOf(durable, visible.length);
        pending.forEach(this::settle);
        pending.clear();
      }
      disk.done(site);
    }

    private void settle(Change change) {
      durable =
          switch (change) {
            case Written written -> put(durable, written);
            case Truncated truncated -> Arrays.copyOf(durable, truncated.size());
          };
    }

    @Override
    public void close() {
      open = false;
    }
  }
}
