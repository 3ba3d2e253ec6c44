package dev.telltale.verifier.enrolment;

import java.security.cert.X509Certificate;
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
}
