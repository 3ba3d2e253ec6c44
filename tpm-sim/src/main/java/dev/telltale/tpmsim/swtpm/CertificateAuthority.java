package dev.telltale.tpmsim.swtpm;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The certificate authority of one simulation, in its own directory, with the configuration that
 * swtpm_setup and swtpm_localca need to leave the system-wide one alone.
 */
public final class CertificateAuthority {
  private static final Duration LIMIT = Duration.ofMinutes(1);

  /** The base point of P-256 (SEC 2): any point will do to have the authority created. */
  private static final String BASE_POINT =
      "x=6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296,"
          + "y=4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5,id=secp256r1";

  private final Path directory;

  private CertificateAuthority(Path directory) {
    this.directory = directory.toAbsolutePath().normalize();
  }

  /** Opens the authority of that directory and creates it first where it is missing. */
  public static CertificateAuthority open(Path directory) throws IOException {
    CertificateAuthority authority = new CertificateAuthority(directory);
    if (!isComplete(directory)) {
      authority.create();
    }
    return authority;
  }

  /** The copy under the stable name is made last. */
  public static boolean isComplete(Path directory) {
    return Files.exists(directory.resolve("root.pem"))
        && Files.exists(directory.resolve("issuer.pem"))
        && Files.exists(directory.resolve("signkey.pem"))
        && Files.exists(directory.resolve("setup.conf"));
  }

  public Path root() {
    return directory.resolve("root.pem");
  }

  public Path issuer() {
    return directory.resolve("issuer.pem");
  }

  Path setupConfiguration() {
    return directory.resolve("setup.conf");
  }

  Path toolConfiguration() {
    return directory.resolve("localca.conf");
  }

  Path toolOptions() {
    return directory.resolve("localca.options");
  }

  private void create() throws IOException {
    Trees.delete(directory);
    Files.createDirectories(directory);
    writeConfiguration();
    Path scratch = Files.createDirectory(directory.resolve("scratch"));
    issue("nobody", BASE_POINT, scratch, SwtpmProvisioner.properties(0, 0, 0));
    Trees.delete(scratch);
    stableCopy("issuercert.pem", issuer());
    stableCopy("swtpm-localca-rootca-cert.pem", root());
  }

  /** Has the certificate of an endorsement key written to {@code ek.cert} in that directory. */
  void issue(String subject, String publicKey, Path into, List<String> properties)
      throws IOException {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "--type",
                "ek",
                "--ek",
                publicKey,
                "--dir",
                into.toString(),
                "--vmid",
                subject,
                "--configfile",
                toolConfiguration().toString(),
                "--optsfile",
                toolOptions().toString()));
    arguments.addAll(properties);
    Tool.SWTPM_LOCALCA.run(arguments, into.resolve("localca.log"), LIMIT);
  }

  private void writeConfiguration() throws IOException {
    Files.writeString(
        toolConfiguration(),
        "statedir = "
            + directory
            + "\nsigningkey = "
            + directory.resolve("signkey.pem")
            + "\nissuercert = "
            + directory.resolve("issuercert.pem")
            + "\ncertserial = "
            + directory.resolve("certserial")
            + "\n");
    Files.writeString(
        toolOptions(),
        "--platform-manufacturer Telltale\n--platform-version 1\n--platform-model simulation\n");
    Files.writeString(
        setupConfiguration(),
        "create_certs_tool = "
            + Tool.SWTPM_LOCALCA.path()
            + "\ncreate_certs_tool_config = "
            + toolConfiguration()
            + "\ncreate_certs_tool_options = "
            + toolOptions()
            + "\nactive_pcr_banks = sha256\n");
  }

  private void stableCopy(String source, Path target) throws IOException {
    Path unfinished = directory.resolve(source + ".copy");
    Files.copy(directory.resolve(source), unfinished, StandardCopyOption.REPLACE_EXISTING);
    Files.move(unfinished, target, StandardCopyOption.ATOMIC_MOVE);
  }
}
