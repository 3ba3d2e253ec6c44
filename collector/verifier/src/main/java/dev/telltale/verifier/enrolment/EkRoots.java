package dev.telltale.verifier.enrolment;

import dev.telltale.protocol.Bytes;
import dev.telltale.protocol.MalformedException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;

/**
 * Whom we believe about endorsement keys, kept apart: a simulation's CA never passes for a
 * manufacturer's.
 */
public record EkRoots(List<X509Certificate> manufacturers, List<X509Certificate> simulations) {
  public EkRoots {
    manufacturers = List.copyOf(manufacturers);
    simulations = List.copyOf(simulations);
  }

  /**
   * From DER.
   *
   * @throws MalformedException with {@code ENROL_EK_CERTIFICATE}
   */
  public static EkRoots parse(List<Bytes> manufacturers, List<Bytes> simulations)
      throws MalformedException {
    return new EkRoots(certificates(manufacturers), certificates(simulations));
  }

  private static List<X509Certificate> certificates(List<Bytes> ders) throws MalformedException {
    List<X509Certificate> certificates = new ArrayList<>();
    for (Bytes der : ders) {
      certificates.add(EkChain.parse(der));
    }
    return certificates;
  }
}
