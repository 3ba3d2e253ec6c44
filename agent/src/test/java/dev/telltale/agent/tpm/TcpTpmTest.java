package dev.telltale.agent.tpm;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.telltale.agent.tpm.transport.TpmAddress;
import dev.telltale.protocol.tpm.PcrSelection;
import dev.telltale.protocol.tpm.TpmHash;
import dev.telltale.protocol.tpm.TpmsAttest;
import dev.telltale.tpmsim.junit.SimTpm;
import dev.telltale.tpmsim.junit.SimulatedTpm;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The same TPM behind a port in place of a socket file. */
@ExtendWith(SimulatedTpm.class)
class TcpTpmTest {
  @TempDir private Path directory;

  @Test
  void aTpmBehindAPortQuotes(SimTpm tpm) throws Exception {
    tpm.stop();
    int port = freePort();
    Process swtpm = serve(tpm.directory().resolve("state"), port);
    try {
      awaitPort(swtpm, port);
      try (TpmContext context =
          TpmContext.open(TpmAddress.parse("tcp:127.0.0.1:" + port), new SecureRandom())) {
        AttestationKey key = TestTpm.keys(context).create();
        PcrSelection selection = PcrSelection.of(TpmHash.SHA256, List.of(0, 7));

        QuotedEvidence evidence = new Quoter(context).quote(key, TestTpm.SOMETHING, selection);

        assertEquals(
            evidence.values().digest(), TpmsAttest.parse(evidence.attest()).asQuote().pcrDigest());
      }
    } finally {
      swtpm.destroy();
      swtpm.waitFor(10, TimeUnit.SECONDS);
    }
  }

  private Process serve(Path state, int port) throws IOException {
    return new ProcessBuilder(
            "swtpm",
            "socket",
            "--tpm2",
            "--tpmstate",
            "dir=" + state,
            "--server",
            "type=tcp,bindaddr=127.0.0.1,port=" + port,
            "--ctrl",
            "type=unixio,path=" + directory.resolve("ctrl"),
            "--flags",
            "not-need-init,startup-clear")
        .inheritIO()
        .start();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** It serves one client at a time, and the next one waits: a probe does no harm. */
  private static void awaitPort(Process swtpm, int port) throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    while (true) {
      try (Socket _ = new Socket(InetAddress.getLoopbackAddress(), port)) {
        return;
      } catch (IOException e) {
        if (!swtpm.isAlive() || System.nanoTime() > end) {
          throw e;
        }
        TimeUnit.MILLISECONDS.sleep(20);
      }
    }
  }
}
