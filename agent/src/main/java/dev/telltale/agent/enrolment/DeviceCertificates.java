package dev.telltale.agent.enrolment;

import dev.telltale.platform.mqtt.TlsContexts;
import dev.telltale.protocol.Bytes;
import dev.telltale.protocol.Check;
import dev.telltale.protocol.message.Result;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The certificate the collector gives a device for TLS. */
final class DeviceCertificates {
  private DeviceCertificates() {}

  /** Demands that it is for our key and our id, by the authority of the ticket. */
  static void verify(Result result, Bytes spki, Bytes authority) throws EnrolmentException {
    try {
      X509Certificate own = certificate(result.certificate());
      if (!Bytes.of(own.getPublicKey().getEncoded()).equals(spki)) {
        throw new CertificateException("it is for another key");
      }
      String name = own.getSubjectX500Principal().getName();
      if (!name.equals("CN=" + result.device())) {
        throw new CertificateException("it is for " + name);
      }
      requireAuthority(own, result.chain(), certificate(authority));
    } catch (GeneralSecurityException e) {
      throw EnrolmentException.of(
          Check.ENROL_CERTIFICATE, "the certificate for TLS: " + e.getMessage());
    }
  }

  private static X509Certificate certificate(Bytes der) throws CertificateException {
    List<X509Certificate> read = TlsContexts.certificates(der.toArray());
    if (read.size() != 1) {
      throw new CertificateException(read.size() + " certificates in place of one");
    }
    return read.getFirst();
  }

  private static void requireAuthority(
      X509Certificate own, List<Bytes> chain, X509Certificate authority)
      throws GeneralSecurityException {
    List<X509Certificate> path = new ArrayList<>(List.of(own));
    for (Bytes each : chain) {
      X509Certificate issuer = certificate(each);
      if (!issuer.equals(authority)) {
        path.add(issuer);
      }
    }
    PKIXParameters parameters = new PKIXParameters(Set.of(new TrustAnchor(authority, null)));
    parameters.setRevocationEnabled(false);
    CertPathValidator.getInstance("PKIX")
        .validate(CertificateFactory.getInstance("X.509").generateCertPath(path), parameters);
  }
}
