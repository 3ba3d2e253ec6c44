package dev.telltale.agent.tpm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.telltale.agent.tpm.transport.Deadline;
import dev.telltale.agent.tpm.transport.TpmAddress;
import dev.telltale.agent.tpm.transport.TpmException;
import dev.telltale.agent.tpm.transport.TpmTransport;
import dev.telltale.agent.tpm.transport.TpmTransports;
import dev.telltale.agent.tpm.tss.TpmCommands;
import dev.telltale.protocol.tpm.ClockInfo;
import dev.telltale.protocol.tpm.EkTemplate;
import dev.telltale.protocol.tpm.PcrValues;
import dev.telltale.tpmsim.junit.SimTpm;
import dev.telltale.tpmsim.junit.SimulatedTpm;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** What happens when the TPM hangs, vanishes or is reset, and when many want it at once. */
@Timeout(60)
@ExtendWith(SimulatedTpm.class)
class TpmContextTest {
  private final Interposer bus = new Interposer();

  @Test
  void aHungDeviceCostsItsCallersTimeAndNothingElse(SimTpm tpm) throws Exception {
    CountDownLatch hanging = new CountDownLatch(1);
    CountDownLatch released = new CountDownLatch(1);
    AtomicBoolean ran = new AtomicBoolean();
    try (TpmContext context =
        bus.context(TpmAddress.parse(tpm.address()), Duration.ofMillis(1_500))) {
      PcrValues values = new Registers(context).read(TestTpm.FIRMWARE);
      bus.wire =
          (command, chip, deadline) -> {
            hanging.countDown();
            awaitWithoutInterrupt(released);
            // A driver knows nothing of our deadlines.
            return chip.transmit(command, Deadline.in(Duration.ofSeconds(20)));
          };
      assertThrows(
          TpmException.TimedOut.class, () -> new Registers(context).read(TestTpm.FIRMWARE));
      hanging.await();
      assertThrows(
          TpmException.TimedOut.class,
          () ->
              context.call(commands -> {
                ran.set(true);
                return true;
              }));
      released.countDown();
      assertEquals(values, eventually(context));
      assertEquals(false, ran.get(), "work whose caller gave up was done all the same");
    }
  }

  /** As a driver does that works off a command: deaf to interrupts. */
  private static void awaitWithoutInterrupt(CountDownLatch latch) {
    while (latch.getCount() > 0) {
      try {
        latch.await();
      } catch (InterruptedException e) {
        throw new AssertionError("the TPM thread was interrupted", e);
      }
    }
  }

  private static PcrValues eventually(TpmContext context) throws TpmException {
    try {
      return new Registers(context).read(TestTpm.FIRMWARE);
    } catch (TpmException.TimedOut e) {
      return new Registers(context).read(TestTpm.FIRMWARE);
    }
  }

  @Test
  void afterAPowerCutTheNextCallConnectsAnew(SimTpm tpm) throws Exception {
    try (TpmContext context = bus.context(tpm.address())) {
      AttestationKey key = TestTpm.keys(context).create();
      ClockInfo before = clock(context, key);
      tpm.powerCut();
      ClockInfo after = clock(context, key);
      assertEquals(before.resetCount() + 1, after.resetCount());
      assertEquals(2, bus.connections.get());
    }
  }

  @Test
  void workThatAPowerCutInterruptsFailsAndTheNextSucceeds(SimTpm tpm) throws Exception {
    try (TpmContext context = bus.context(tpm.address())) {
      AttestationKey key = TestTpm.keys(context).create();
      bus.wire =
          (command, chip, deadline) -> {
            byte[] answer = chip.transmit(command, deadline);
            if (Interposer.code(command) == Interposer.PCR_READ) {
              cutPower(tpm);
            }
            return answer;
          };
      assertThrows(TpmException.Unavailable.class, () -> clock(context, key));
      bus.wire = (command, chip, deadline) -> chip.transmit(command, deadline);
      assertTrue(clock(context, key).resetCount() > 0);
    }
  }

  private static void cutPower(SimTpm tpm) {
    try {
      tpm.powerCut();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void aResetUnderAnOpenConnectionIsSurvived(SimTpm tpm) throws Exception {
    try (TpmContext context = bus.context(tpm.address())) {
      AttestationKey key = TestTpm.keys(context).create();
      ClockInfo before = clock(context, key);
      tpm.reset();
      ClockInfo after = clock(context, key);
      assertEquals(before.resetCount() + 1, after.resetCount());
    }
  }

  @Test
  void aTpmThatIsOffIsUnavailableUntilItIsOnAgain(SimTpm tpm) throws Exception {
    try (TpmContext context = TestTpm.open(tpm)) {
      tpm.stop();
      Registers registers = new Registers(context);
      assertThrows(TpmException.Unavailable.class, () -> registers.read(TestTpm.FIRMWARE));
      tpm.start();
      assertEquals(TestTpm.FIRMWARE, registers.read(TestTpm.FIRMWARE).selection());
    }
  }

  @Test
  void anOrderlyEndKeepsTheClockSafe(SimTpm tpm) throws Exception {
    AttestationKey key;
    ClockInfo before;
    try (TpmContext context = TestTpm.open(tpm)) {
      key = TestTpm.keys(context).create();
      before = clock(context, key);
    }
    tpm.powerCut();
    try (TpmContext context = TestTpm.open(tpm)) {
      ClockInfo after = clock(context, key);
      assertEquals(true, after.safe());
      assertTrue(after.clock() >= before.clock());
    }
  }

  @Test
  void whatAKilledClientLeftInTheSlotsIsFlushedAtTheStart(SimTpm tpm) throws Exception {
    Deadline soon = Deadline.in(Duration.ofSeconds(20));
    try (TpmTransport killed = TpmTransports.open(TpmAddress.parse(tpm.address()), soon)) {
      TpmCommands commands = new TpmCommands(killed, soon, TestTpm.RANDOM);
      for (int i = 0; i < 3; i++) {
        assertTrue(
            commands.keys().createPrimary(EkTemplate.L2_ECC_P256.area()).name().length() == 34);
      }
    }
    try (TpmContext context = TestTpm.open(tpm)) {
      ActivationTest.assertNothingLeft(context);
      assertEquals(34, TestTpm.keys(context).create().name().length());
    }
  }

  @Test
  void anInterruptedCallerLeavesAndTheTpmStays(SimTpm tpm) throws Exception {
    try (TpmContext context = bus.context(tpm.address())) {
      Registers registers = new Registers(context);
      PcrValues values = registers.read(TestTpm.FIRMWARE);
      Thread.currentThread().interrupt();
      assertThrows(TpmException.Unavailable.class, () -> registers.read(TestTpm.FIRMWARE));
      assertEquals(true, Thread.interrupted());
      assertEquals(values, registers.read(TestTpm.FIRMWARE));
      assertEquals(1, bus.connections.get());
    }
  }

  @Test
  void manyCallersAllGetTheirOwnAnswers(SimTpm tpm) throws Exception {
    try (TpmContext context = bus.context(tpm.address());
        ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      PcrValues values = new Registers(context).read(TestTpm.FIRMWARE);
      List<Future<Boolean>> results = new ArrayList<>();
      for (int i = 0; i < 60; i++) {
        int count = 1 + i % 32;
        results.add(
            callers.submit(() ->
                new Registers(context).read(TestTpm.FIRMWARE).equals(values)
                    && context.call(c -> c.sessions().random(count, Optional.empty())).length()
                        == count));
      }
      for (Future<Boolean> result : results) {
        assertEquals(true, result.get());
      }
    }
  }

  @Test
  void aWrongAddressIsFoundAtOnce() {
    TpmAddress nobody = new TpmAddress.UnixSocket(Path.of("/nonexistent/data.sock"));
    assertThrows(TpmException.Unavailable.class, () -> TpmContext.open(nobody, TestTpm.RANDOM));
  }

  @Test
  void closedIsClosed(SimTpm tpm) throws Exception {
    TpmContext context = TestTpm.open(tpm);
    context.close();
    context.close();
    assertThrows(TpmException.class, () -> new Registers(context).read(TestTpm.FIRMWARE));
  }

  @Test
  void nothingIsPrinted(SimTpm tpm) throws Exception {
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    PrintStream before = System.out;
    System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
    try (TpmContext context = TestTpm.open(tpm)) {
      TestTpm.keys(context).create();
      // A refusal, which TSS.Java would announce on standard output: no such register.
      assertThrows(
          TpmException.Refused.class,
          () -> new Registers(context).extend(60, Map.of(), Optional.empty()));
    } finally {
      System.setOut(before);
    }
    assertEquals("", printed.toString(StandardCharsets.UTF_8));
  }

  @Test
  void factsAreThoseOfTheSimulator(SimTpm tpm) throws Exception {
    try (TpmContext context = TestTpm.open(tpm)) {
      TpmFacts facts = TpmFacts.of(context);
      assertEquals("IBM", facts.manufacturer());
      assertEquals(0x2019102300163636L, facts.firmware());
      assertEquals(false, facts.lockedOut());
    }
  }

  private static ClockInfo clock(TpmContext context, AttestationKey key) throws TpmException {
    return new Quoter(context).quote(key, TestTpm.SOMETHING, TestTpm.FIRMWARE).clockInfo();
  }
}
