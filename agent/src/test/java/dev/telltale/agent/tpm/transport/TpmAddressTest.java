package dev.telltale.agent.tpm.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TpmAddressTest {
  @Test
  void threeFormsAreRead() {
    assertEquals(new TpmAddress.Device(Path.of("/dev/tpmrm0")), TpmAddress.parse("/dev/tpmrm0"));
    assertEquals(new TpmAddress.UnixSocket(Path.of("/run/x")), TpmAddress.parse("unix:/run/x"));
    assertEquals(new TpmAddress.Tcp("localhost", 2321), TpmAddress.parse("tcp:localhost:2321"));
    assertEquals(new TpmAddress.Tcp("::1", 2321), TpmAddress.parse("tcp:[::1]:2321"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "tpmrm0",
        "/etc/passwd",
        "unix:relative",
        "tcp:host",
        "tcp:host:0",
        "tcp:h:70000"
      })
  void anythingElseIsRefused(String text) {
    assertThrows(IllegalArgumentException.class, () -> TpmAddress.parse(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/dev/tpmrm0", "unix:/run/x", "tcp:localhost:2321"})
  void theFormIsWrittenAsItIsRead(String text) {
    assertEquals(text, TpmAddress.parse(text).toString());
  }
}
