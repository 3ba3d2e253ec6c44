package dev.telltale.agent.tpm;

import dev.telltale.agent.tpm.transport.Deadline;
import dev.telltale.agent.tpm.transport.TpmAddress;
import dev.telltale.agent.tpm.transport.TpmException;
import dev.telltale.agent.tpm.transport.TpmTransport;
import dev.telltale.agent.tpm.transport.TpmTransports;
import dev.telltale.agent.tpm.tss.TpmCommands;
import dev.telltale.protocol.Bytes;
import dev.telltale.protocol.tpm.TpmHash;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** Somebody on the bus between us and the chip: sees every byte and can change what it likes. */
final class Interposer {
  static final int PCR_EXTEND = 0x182;
  static final int GET_RANDOM = 0x17B;
  static final int PCR_READ = 0x17E;
  static final int QUOTE = 0x158;
  static final int READ_PUBLIC = 0x173;

  /** What happens to one command; by default it goes through and so does the answer. */
  @FunctionalInterface
  interface Wire {
    byte[] pass(byte[] command, TpmTransport chip, Deadline deadline) throws TpmException;
  }

  final List<Bytes> answers = new CopyOnWriteArrayList<>();
  final AtomicInteger connections = new AtomicInteger();
  volatile Wire wire = (command, chip, deadline) -> chip.transmit(command, deadline);

  /** A context behind this interposer. */
  TpmContext context(TpmAddress address, Duration patience) {
    return new TpmContext(address, TestTpm.RANDOM, patience, this::connect);
  }

  TpmContext context(String address) {
    return context(TpmAddress.parse(address), Duration.ofSeconds(30));
  }

  private TpmTransport connect(TpmAddress address, Deadline deadline) throws TpmException {
    TpmTransport chip = TpmTransports.open(address, deadline);
    connections.incrementAndGet();
    return new TpmTransport() {
      @Override
      public byte[] transmit(byte[] command, Deadline until) throws TpmException {
        byte[] answer = wire.pass(command, chip, until);
        answers.add(Bytes.of(answer));
        return answer;
      }

      @Override
      public boolean alive() {
        return chip.alive();
      }

      @Override
      public void close() {
        chip.close();
      }
    };
  }

  /** Somebody else extends a register before the given command, this many times at most. */
  void extendBefore(int code, int times, int register) {
    AtomicInteger left = new AtomicInteger(times);
    wire =
        (command, chip, deadline) -> {
          if (code(command) == code && left.getAndDecrement() > 0) {
            new TpmCommands(chip, deadline, TestTpm.RANDOM)
                .registers()
                .extend(
                    register, Map.of(TpmHash.SHA256, Bytes.hex("5a".repeat(32))), Optional.empty());
          }
          return chip.transmit(command, deadline);
        };
  }

  static int code(byte[] command) {
    return ByteBuffer.wrap(command).getInt(6);
  }

  static byte[] flipped(byte[] bytes, int at) {
    byte[] changed = bytes.clone();
    changed[at] ^= 1;
    return changed;
  }
}
