package dev.telltale.agent.enrolment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.telltale.agent.outbox.Beginning;
import dev.telltale.agent.receipt.HeldChallenge;
import dev.telltale.agent.receipt.TestLog;
import dev.telltale.protocol.Bytes;
import dev.telltale.protocol.crypto.Providers;
import dev.telltale.protocol.message.OpenTicket;
import dev.telltale.protocol.tpm.PcrSelection;
import dev.telltale.protocol.tpm.TpmHash;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateDirectoryTest {
  private static final Providers PROVIDERS = Providers.jdk();

  @TempDir private Path parent;

  private Path path;
  private Desk desk;

  @BeforeEach
  void open() throws Exception {
    path = parent.resolve("agent");
    desk = new Desk();
  }

  private Identity identity() throws Exception {
    OpenTicket ticket = desk.openTicket();
    Bytes challenge = desk.log.challenge(Desk.DEVICE, TestLog.NOON, desk.log.checkpoint());
    return new Identity(
        Desk.DEVICE,
        "meter-17",
        1,
        "north",
        4711,
        new Identity.Keys(
            desk.sent.attestationKey(),
            desk.sent.attestationKey().area(),
            desk.tls,
            List.of(desk.certificate())),
        new Identity.Broker("mqtts://localhost", desk.certificate(), "client"),
        new Identity.Pins(
            desk.message.publicKey(),
            desk.tls.publicKey(),
            desk.message.publicKey(),
            ticket.recipientSetPayload(),
            desk.log.keys()),
        PcrSelection.of(TpmHash.SHA256, List.of(0, 8)),
        new Beginning(Desk.digest(1), 7, desk.log.checkpoint(), HeldChallenge.stored(challenge)));
  }

  @Test
  void anIdentityIsReadAsItWasWrittenAndByNobodyElse() throws Exception {
    Bytes written;
    try (StateDirectory state = StateDirectory.own(path)) {
      assertTrue(state.identity(PROVIDERS).isEmpty());
      Identity identity = identity();
      written = IdentityCodec.encode(identity);
      state.write(identity);
      Identity read = state.identity(PROVIDERS).orElseThrow();
      assertEquals(written, IdentityCodec.encode(read));
      assertEquals(identity.beginning(), read.beginning());
      assertEquals(identity.keys().attestation(), read.keys().attestation());
    }
    assertEquals(written, IdentityCodec.encode(StateDirectory.peek(path, PROVIDERS).orElseThrow()));
    assertEquals("rwx------", permissions(path));
    assertEquals("rw-------", permissions(path.resolve("identity")));
  }

  private static String permissions(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }

  @Test
  void oneProcessHasTheDirectory() throws Exception {
    try (StateDirectory state = StateDirectory.own(path)) {
      assertFalse(state.hasOutbox());
      assertThrows(IOException.class, () -> StateDirectory.own(path));
    }
  }

  @Test
  void aDamagedIdentityIsRefusedInOneLine() throws Exception {
    try (StateDirectory state = StateDirectory.own(path)) {
      state.write(identity());
    }
    byte[] content = Files.readAllBytes(path.resolve("identity"));
    Files.write(path.resolve("identity"), java.util.Arrays.copyOf(content, content.length - 1));
    IOException damage =
        assertThrows(IOException.class, () -> StateDirectory.peek(path, PROVIDERS));
    String message = String.valueOf(damage.getMessage());
    assertTrue(message.contains("is damaged at byte"), message);
    assertEquals(1, message.lines().count());
  }

  @Test
  void aTicketIsReadWhileItIsValid() throws Exception {
    Bytes file = desk.ticket(TestLog.NOON).encode();
    assertEquals("north", reader(TestLog.NOON).read(file).invite().group());
    EnrolmentException expired =
        assertThrows(EnrolmentException.class, () -> reader(TestLog.NOON + 1).read(file));
    assertTrue(String.valueOf(expired.getMessage()).startsWith("ticket.expired: "));
    byte[] changed = file.toArray();
    changed[changed.length - 20] ^= 1;
    EnrolmentException forged =
        assertThrows(EnrolmentException.class, () -> reader(TestLog.NOON).read(Bytes.of(changed)));
    assertTrue(String.valueOf(forged.getMessage()).startsWith("ticket."), forged.getMessage());
  }

  private static Enroller reader(long now) {
    return new Enroller(
        PROVIDERS, new SecureRandom(), InstantSource.fixed(Instant.ofEpochMilli(now)));
  }
}
