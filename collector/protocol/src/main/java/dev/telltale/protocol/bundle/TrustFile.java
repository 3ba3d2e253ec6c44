package dev.telltale.protocol.bundle;

import dev.telltale.protocol.Bytes;
import dev.telltale.protocol.Check;
import dev.telltale.protocol.Limits;
import dev.telltale.protocol.MalformedException;
import dev.telltale.protocol.crypto.PublicPoint;
import dev.telltale.protocol.tlog.VerifierKey;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.StringJoiner;

/**
 * Whom an auditor believes: one fact to a line, {@code #} before a comment. It never comes with a
 * bundle.
 *
 * @param log key of the log
 * @param operator key of the statements
 * @param ekRoots certificates (DER) of TPM manufacturers
 * @param simulationRoots certificates (DER) of simulated TPMs; what they vouch for is no hardware
 */
public record TrustFile(
    VerifierKey log, PublicPoint operator, List<Bytes> ekRoots, List<Bytes> simulationRoots) {
  private static final String LOG = "log ";
  private static final String OPERATOR = "operator ";
  private static final String EK_ROOT = "ek-root ";
  private static final String SIMULATION_ROOT = "sim-root ";

  public TrustFile {
    ekRoots = List.copyOf(ekRoots);
    simulationRoots = List.copyOf(simulationRoots);
  }

  public Bytes encode() {
    StringJoiner lines = new StringJoiner("\n", "", "\n");
    lines.add(LOG + log.text());
    lines.add(OPERATOR + base64(operator.value()));
    ekRoots.forEach(root -> lines.add(EK_ROOT + base64(root)));
    simulationRoots.forEach(root -> lines.add(SIMULATION_ROOT + base64(root)));
    return Bytes.utf8(lines.toString());
  }

  /** People write these files, so empty lines are let pass. Offsets are line numbers, from 1. */
  public static TrustFile decode(Bytes file) throws MalformedException {
    if (file.length() > Limits.TRUST_FILE) {
      throw new MalformedException(Check.FORM_SIZE, 0, file.length() + " bytes");
    }
    Lines lines = new Lines();
    int number = 0;
    for (String line : new String(file.toArray(), StandardCharsets.UTF_8).split("\n", -1)) {
      lines.add(++number, line);
    }
    return new TrustFile(
        lines.log.orElseThrow(() -> malformed(0, "no line \"log VKEY\"")),
        lines.operator.orElseThrow(() -> malformed(0, "no line \"operator BASE64\"")),
        lines.ekRoots,
        lines.simulationRoots);
  }

  private static final class Lines {
    private Optional<VerifierKey> log = Optional.empty();
    private Optional<PublicPoint> operator = Optional.empty();
    private final List<Bytes> ekRoots = new ArrayList<>();
    private final List<Bytes> simulationRoots = new ArrayList<>();

    private void add(int number, String line) throws MalformedException {
      if (line.isEmpty() || line.startsWith("#")) {
        return;
      }
      if (line.startsWith(LOG) && log.isEmpty()) {
        log = Optional.of(VerifierKey.parse(line.substring(LOG.length())));
      } else if (line.startsWith(OPERATOR) && operator.isEmpty()) {
        operator = Optional.of(PublicPoint.parse(decoded(number, line, OPERATOR)));
      } else if (line.startsWith(EK_ROOT)) {
        ekRoots.add(decoded(number, line, EK_ROOT));
      } else if (line.startsWith(SIMULATION_ROOT)) {
        simulationRoots.add(decoded(number, line, SIMULATION_ROOT));
      } else {
        throw malformed(
            number, "allowed are one log, one operator, and ek-root, sim-root and # lines");
      }
    }
  }

  private static String base64(Bytes value) {
    return Base64.getEncoder().encodeToString(value.toArray());
  }

  private static Bytes decoded(int number, String line, String key) throws MalformedException {
    String text = line.substring(key.length());
    try {
      Bytes value = Bytes.of(Base64.getDecoder().decode(text));
      if (!value.isEmpty() && value.length() <= Limits.CERTIFICATE && base64(value).equals(text)) {
        return value;
      }
    } catch (IllegalArgumentException e) {
      throw malformed(number, "not base64: " + e.getMessage());
    }
    throw malformed(number, "not base64 of a key or certificate");
  }

  private static MalformedException malformed(int line, String detail) {
    return new MalformedException(Check.TRUST_TEXT, line, detail);
  }
}
