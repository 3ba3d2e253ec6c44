package dev.telltale.tpmsim.swtpm;

import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Makes a TPM as a manufacturer does: seeds, endorsement keys, certificates. */
public final class SwtpmProvisioner {
  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final Duration START = Duration.ofSeconds(10);
  private static final int FIXED_PROPERTIES = 0x100;
  private static final int LEVEL = 0x101;
  private static final int REVISION = 0x102;
  private static final int FIRMWARE = 0x10B;
  private static final int ASKED = 16;

  private final CertificateAuthority authority;

  public SwtpmProvisioner(CertificateAuthority authority) {
    this.authority = authority;
  }

  /** Whether the programs are there; the missing one is named by any attempt to use it. */
  public static boolean available() {
    return List.of(Tool.values()).stream().allMatch(tool -> tool.find().isPresent());
  }

  /**
   * Provisions into a directory that must not exist, under the subject that its certificates name.
   * The directory may be moved while the TPM does not run; a copy would be the same TPM twice.
   */
  public void provision(TpmHome home, String subject) throws IOException {
    home.requireShortSockets();
    Files.createDirectories(home.directory().getParent());
    Files.createDirectory(home.directory());
    Files.createDirectory(home.state());
    Files.createDirectory(home.certificates());
    Tool.SWTPM_SETUP.run(
        List.of(
            "--tpm2",
            "--tpmstate",
            home.state().toString(),
            "--config",
            authority.setupConfiguration().toString(),
            "--create-ek-cert",
            "--write-ek-cert-files",
            home.certificates().toString(),
            "--lock-nvram",
            "--pcr-banks",
            "sha256",
            "--vmid",
            subject,
            "--overwrite"),
        home.log(),
        LIMIT);
    addP256(home, subject);
  }

  private void addP256(TpmHome home, String subject) throws IOException {
    Process process =
        Daemon.spawn(
            home.state(),
            home.boot(),
            home.control(),
            home.log(),
            List.of("--flags", "not-need-init,startup-clear", "--pid", "file=" + home.pid()));
    try (RawTpm tpm = RawTpm.await(home.boot(), process::isAlive, START);
        SwtpmControl control = SwtpmControl.open(home.control())) {
      Path certificate = issue(tpm, home, subject);
      EndorsementKey.store(tpm, Files.readAllBytes(certificate));
      tpm.shutdown();
      control.shutdown();
      if (!Await.until(() -> !process.isAlive(), START)) {
        throw new SwtpmException("swtpm did not end after provisioning");
      }
    } finally {
      process.destroyForcibly();
      Files.deleteIfExists(home.boot());
      Files.deleteIfExists(home.control());
    }
  }

  /** swtpm_localca always writes {@code ek.cert}, so it gets a directory for this one. */
  private Path issue(RawTpm tpm, TpmHome home, String subject) throws IOException {
    Path scratch = Files.createDirectory(home.directory().resolve("scratch"));
    authority.issue(subject, EndorsementKey.publicKey(tpm), scratch, properties(tpm));
    Path certificate = home.certificates().resolve("ek-secp256r1.crt");
    Files.move(scratch.resolve("ek.cert"), certificate, StandardCopyOption.ATOMIC_MOVE);
    Trees.delete(scratch);
    return certificate;
  }

  /** The same description of the TPM that swtpm_setup puts into the other certificates. */
  private static List<String> properties(RawTpm tpm) throws IOException {
    Map<Integer, Integer> fixed = fixedProperties(tpm);
    return properties(
        fixed.getOrDefault(LEVEL, 0),
        fixed.getOrDefault(REVISION, 0),
        fixed.getOrDefault(FIRMWARE, 0));
  }

  static List<String> properties(int level, int revision, int firmware) {
    return List.of(
        "--tpm2",
        "--tpm-spec-family",
        "2.0",
        "--tpm-spec-level",
        Integer.toString(level),
        "--tpm-spec-revision",
        Integer.toString(revision),
        "--tpm-manufacturer",
        "id:00001014",
        "--tpm-model",
        "swtpm",
        "--tpm-version",
        String.format("id:%08X", firmware));
  }

  private static Map<Integer, Integer> fixedProperties(RawTpm tpm) throws IOException {
    ByteBuffer answer =
        tpm.call(
            "TPM2_GetCapability", TpmCommand.plain(0x17A).u32(6).u32(FIXED_PROPERTIES).u32(ASKED));
    try {
      answer.get();
      answer.getInt();
      int count = answer.getInt();
      if (count < 0 || count > ASKED) {
        throw new SwtpmException("TPM2_GetCapability: " + count + " properties");
      }
      Map<Integer, Integer> properties = new HashMap<>();
      for (int i = 0; i < count; i++) {
        properties.put(answer.getInt(), answer.getInt());
      }
      return properties;
    } catch (BufferUnderflowException e) {
      throw new SwtpmException("TPM2_GetCapability: answer too short", e);
    }
  }
}
