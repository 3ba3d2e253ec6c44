package dev.telltale.auditor;

import dev.telltale.protocol.Bytes;
import dev.telltale.protocol.MalformedException;
import dev.telltale.protocol.bundle.TrustFile;
import dev.telltale.verifier.enrolment.EkRoots;

/**
 * Whom the auditor believes.
 *
 * @param name of the file that says so
 */
record Trust(TrustFile file, EkRoots roots, String name) {
  static Trust parse(Bytes text, String name) throws MalformedException {
    TrustFile file = TrustFile.decode(text);
    return new Trust(file, EkRoots.parse(file.ekRoots(), file.simulationRoots()), name);
  }
}
