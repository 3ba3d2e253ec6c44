package dev.telltale.tpmsim.junit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SimulatedTpm.class)
class SimulatedTpmTest {
  private static final List<String> USED = new ArrayList<>();

  private SimTpm before;

  SimulatedTpmTest(SimTpm ofTheConstructor) {
    this.before = ofTheConstructor;
  }

  @BeforeEach
  void take(SimTpm tpm) {
    before = tpm;
  }

  @Test
  void aTestAndItsPreparationShareOneTpm(SimTpm tpm) throws Exception {
    assertSame(before, tpm);
    assertTrue(tpm.running());
    assertTrue(Files.readString(tpm.caRoot()).contains("BEGIN CERTIFICATE"));
    assertEquals("unix:" + tpm.dataSocket(), tpm.address());
    assertNew(tpm);
  }

  @Test
  void aSecondParameterIsASecondTpm(SimTpm one, SimTpm two) throws Exception {
    assertNotEquals(one.address(), two.address());
    assertTrue(one.running() && two.running());
    assertNotEquals(-1L, Files.mismatch(ek(one), ek(two)));
    assertNew(one);
  }

  @Test
  void anotherTestHasAnotherTpm(SimTpm tpm) {
    assertNew(tpm);
  }

  private static Path ek(SimTpm tpm) {
    return tpm.certificates().resolve("ek-secp256r1.crt");
  }

  private static synchronized void assertNew(SimTpm tpm) {
    assertTrue(!USED.contains(tpm.address()));
    USED.add(tpm.address());
  }
}
