package dev.telltale.tpmsim.swtpm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.telltale.tpmsim.junit.SimTpm;
import dev.telltale.tpmsim.junit.SimulatedTpm;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SimulatedTpm.class)
class SwtpmProcessTest {
  private record Clock(int resets, int restarts) {}

  private static SwtpmProcess of(SimTpm tpm) {
    return new SwtpmProcess(new TpmHome(tpm.directory()));
  }

  private static Clock clock(RawTpm tpm) throws Exception {
    ByteBuffer answer = tpm.call("TPM2_ReadClock", TpmCommand.plain(0x181));
    answer.position(16);
    return new Clock(answer.getInt(), answer.getInt());
  }

  private static Clock clock(SimTpm tpm) throws Exception {
    try (RawTpm raw = RawTpm.open(tpm.dataSocket())) {
      return clock(raw);
    }
  }

  private static void assertBooted(SimTpm tpm) throws Exception {
    try (RawTpm raw = RawTpm.open(tpm.dataSocket())) {
      assertBooted(raw);
    }
  }

  private static void assertBooted(RawTpm raw) throws Exception {
    for (int register = 0; register <= SimulatedBoot.LAST_REGISTER; register++) {
      assertArrayEquals(SimulatedBoot.referenceValue(register), raw.register(register));
    }
    assertArrayEquals(new byte[32], raw.register(9));
  }

  @Test
  void bootMeasuresNineRegistersAndLeavesTheOthersZero(SimTpm tpm) throws Exception {
    assertBooted(tpm);
    assertEquals(
        "9f2444bd84cc3804472d643d70fd3f1b441ee57995fdc6f913e7a47121c5d1e3",
        HexFormat.of().formatHex(SimulatedBoot.referenceValue(0)));
  }

  @Test
  void resetCountsAndBootsAgain(SimTpm tpm) throws Exception {
    Clock before = clock(tpm);
    tpm.tamper(5);
    tpm.reset();
    assertEquals(new Clock(before.resets() + 1, 0), clock(tpm));
    assertBooted(tpm);
  }

  @Test
  void powerCutCountsAndBootsAgainInANewProcess(SimTpm tpm) throws Exception {
    Clock before = clock(tpm);
    long pid = of(tpm).process().orElseThrow().pid();
    tpm.powerCut();
    assertEquals(new Clock(before.resets() + 1, 0), clock(tpm));
    assertBooted(tpm);
    assertTrue(of(tpm).process().orElseThrow().pid() != pid);
  }

  @Test
  void tamperChangesOneRegisterOfTheRunningTpm(SimTpm tpm) throws Exception {
    Clock before = clock(tpm);
    tpm.tamper(3);
    assertEquals(before, clock(tpm));
    SwtpmProcess process = of(tpm);
    assertFalse(Arrays.equals(SimulatedBoot.referenceValue(3), process.register(3)));
    assertArrayEquals(SimulatedBoot.referenceValue(4), process.register(4));
  }

  @Test
  void tamperReachesATpmThatAnAgentHolds(SimTpm tpm) throws Exception {
    try (RawTpm agent = RawTpm.open(tpm.dataSocket())) {
      Clock before = clock(agent);
      tpm.tamper(3);
      assertEquals(before, clock(agent));
      assertFalse(Arrays.equals(SimulatedBoot.referenceValue(3), agent.register(3)));
      assertArrayEquals(SimulatedBoot.referenceValue(4), agent.register(4));
    }
    assertTrue(of(tpm).running());
  }

  @Test
  void resetUnderAnAgentThatHoldsTheTpmBootsAgain(SimTpm tpm) throws Exception {
    try (RawTpm agent = RawTpm.open(tpm.dataSocket())) {
      Clock before = clock(agent);
      agent.extend(3, new byte[32]);
      tpm.reset();
      assertEquals(new Clock(before.resets() + 1, 0), clock(agent));
      assertBooted(agent);
    }
  }

  @Test
  void stopAndStartKeepTheKeysAndTheAddress(SimTpm tpm) throws Exception {
    String before = endorsementKey(tpm);
    tpm.stop();
    assertFalse(tpm.running());
    assertFalse(Files.exists(tpm.dataSocket()));
    assertThrows(NotRunningException.class, tpm::reset);
    tpm.start();
    assertEquals(before, endorsementKey(tpm));
    assertBooted(tpm);
  }

  private static String endorsementKey(SimTpm tpm) throws Exception {
    try (RawTpm raw = RawTpm.open(tpm.dataSocket())) {
      return EndorsementKey.publicKey(raw);
    }
  }

  @Test
  void theP256CertificateIsOfTheDerivedKeyLockedAndChainsToTheRoot(SimTpm tpm) throws Exception {
    X509Certificate certificate = certificate(readIndex(tpm, 0x01C0000A));
    ECPublicKey key = (ECPublicKey) certificate.getPublicKey();
    String point =
        String.format("x=%064x,y=%064x", key.getW().getAffineX(), key.getW().getAffineY());
    assertEquals(point + ",id=secp256r1", endorsementKey(tpm));
    assertChains(tpm, certificate);
    assertLocked(tpm, 0x01C0000A);
  }

  private static void assertLocked(SimTpm tpm, int index) throws Exception {
    TpmCommand write =
        TpmCommand.authorised(0x137)
            .u32(RawTpm.PLATFORM)
            .u32(index)
            .emptyPassword()
            .sized(new byte[1])
            .u16(0);
    try (RawTpm raw = RawTpm.open(tpm.dataSocket())) {
      int nvLocked = 0x148;
      assertEquals(nvLocked, RawTpm.code(raw.transmit(write.encoded(), Duration.ofSeconds(5))));
    }
  }

  @Test
  void theRsaCertificateChainsToTheRoot(SimTpm tpm) throws Exception {
    X509Certificate certificate = certificate(readIndex(tpm, 0x01C00002));
    assertEquals("RSA", certificate.getPublicKey().getAlgorithm());
    assertChains(tpm, certificate);
  }

  private static byte[] readIndex(SimTpm tpm, int index) throws Exception {
    try (RawTpm raw = RawTpm.open(tpm.dataSocket())) {
      ByteBuffer area = raw.call("TPM2_NV_ReadPublic", TpmCommand.plain(0x169).u32(index));
      int size = area.getShort(2 + 4 + 2 + 4 + 2);
      ByteArrayOutputStream content = new ByteArrayOutputStream();
      while (content.size() < size) {
        TpmCommand read =
            TpmCommand.authorised(0x14E)
                .u32(index)
                .u32(index)
                .emptyPassword()
                .u16(Math.min(512, size - content.size()))
                .u16(content.size());
        ByteBuffer part = raw.call("TPM2_NV_Read", read);
        byte[] bytes = new byte[part.getShort()];
        part.get(bytes);
        content.write(bytes);
      }
      return content.toByteArray();
    }
  }

  private static X509Certificate certificate(byte[] encoded) throws Exception {
    return (X509Certificate)
        CertificateFactory.getInstance("X.509")
            .generateCertificate(new ByteArrayInputStream(encoded));
  }

  private static void assertChains(SimTpm tpm, X509Certificate leaf) throws Exception {
    X509Certificate issuer = certificate(Files.readAllBytes(tpm.caIssuer()));
    X509Certificate root = certificate(Files.readAllBytes(tpm.caRoot()));
    PKIXParameters parameters = new PKIXParameters(Set.of(new TrustAnchor(root, null)));
    parameters.setRevocationEnabled(false);
    CertPathValidator.getInstance("PKIX")
        .validate(
            CertificateFactory.getInstance("X.509").generateCertPath(List.of(leaf, issuer)),
            parameters);
  }

  @Test
  void onlyRegistersThatCannotBeResetAreTamperedWith(SimTpm tpm) {
    assertThrows(SwtpmException.class, () -> tpm.tamper(16));
    assertThrows(SwtpmException.class, () -> tpm.tamper(-1));
  }

  @Test
  void aTpmThatAnotherClientHoldsIsSeenAsHeld(SimTpm tpm) throws Exception {
    try (RawTpm holder = RawTpm.open(tpm.dataSocket())) {
      clock(holder);
      assertTrue(RawTpm.openIfFree(tpm.dataSocket(), Duration.ofMillis(50)).isEmpty());
    }
    assertBooted(tpm);
  }

  @Test
  void aDirectoryTooDeepForSocketsIsRefusedInOneLine() {
    SwtpmException refusal =
        assertThrows(
            SwtpmException.class,
            () -> new TpmHome(Path.of("/tmp/" + "x".repeat(100))).requireShortSockets());
    assertTrue(String.valueOf(refusal.getMessage()).contains("at most 107"));
  }
}
