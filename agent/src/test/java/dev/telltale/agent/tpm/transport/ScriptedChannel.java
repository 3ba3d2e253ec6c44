package dev.telltale.agent.tpm.transport;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Answers with given response codes, the last one for ever. */
final class ScriptedChannel implements RawChannel {
  final List<Integer> commandCodes = new ArrayList<>();
  private final Deque<Integer> codes = new ArrayDeque<>();

  ScriptedChannel(int... codes) {
    for (int code : codes) {
      this.codes.add(code);
    }
  }

  @Override
  public byte[] exchange(byte[] command, Deadline deadline) {
    commandCodes.add(ByteBuffer.wrap(command).getInt(6));
    int code = codes.size() > 1 ? codes.removeFirst() : codes.getFirst();
    return ByteBuffer.allocate(10).putShort((short) 0x8001).putInt(10).putInt(code).array();
  }

  @Override
  public boolean alive() {
    return true;
  }

  @Override
  public void close() {}
}
