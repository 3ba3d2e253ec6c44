package dev.telltale.verifier.enrolment;

import dev.telltale.protocol.Bytes;
import dev.telltale.protocol.Check;
import dev.telltale.protocol.MalformedException;
import dev.telltale.protocol.crypto.PublicPoint;
import dev.telltale.protocol.message.Grade;
import dev.telltale.protocol.message.Hello;
import dev.telltale.protocol.tpm.EkTemplate;
import dev.telltale.protocol.tpm.TpmtPublic;
import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.cert.CertPathBuilder;
import java.security.cert.CertStore;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.RSAKeyGenParameterSpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Whether an endorsement key is that of a TPM: its public area is one of the known templates, its
 * certificate is an EK certificate of exactly this key (TCG EK Credential Profile) and chains to a
 * configured root (RFC 5280). EK certificates name no place to ask for revocation, so none is
 * asked.
 */
public final class EkChain {
  /** tcg-kp-EKCertificate. */
  private static final String EK_USAGE = "2.23.133.8.1";

  private static final int LONGEST_PATH = 5;

  private final EkRoots roots;

  public EkChain(EkRoots roots) {
    this.roots = roots;
  }

  /**
   * What the key is believed on.
   *
   * @throws MalformedException with {@code ENROL_EK_TEMPLATE}, {@code ENROL_EK_CERTIFICATE} or
   *     {@code ENROL_EK_CHAIN}
   */
  public Grade grade(Hello.Endorsement endorsement, Instant at) throws MalformedException {
    TpmtPublic area = TpmtPublic.parse(endorsement.publicArea());
    if (EkTemplate.of(area).isEmpty()) {
      throw refused(Check.ENROL_EK_TEMPLATE, "EK is from none of the templates L-1 and L-2");
    }
    X509Certificate certificate = parse(endorsement.certificate());
    requireSameKey(area, certificate);
    requireEkCertificate(certificate);
    List<X509Certificate> intermediates = new ArrayList<>();
    for (Bytes each : endorsement.intermediates()) {
      intermediates.add(parse(each));
    }
    if (chains(certificate, intermediates, roots.manufacturers(), at)) {
      return Grade.MANUFACTURER;
    }
    if (chains(certificate, intermediates, roots.simulations(), at)) {
      return Grade.SIMULATION;
    }
    throw refused(Check.ENROL_EK_CHAIN, "no configured root leads to the EK certificate");
  }

  /** Certificates in NV are padded; one DER object counts. */
  static X509Certificate parse(Bytes der) throws MalformedException {
    try {
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(der.toArray()));
    } catch (CertificateException | ClassCastException e) {
      throw refused(Check.ENROL_EK_CERTIFICATE, "not an X.509 certificate");
    }
  }

  private static void requireSameKey(TpmtPublic area, X509Certificate certificate)
      throws MalformedException {
    PublicKey certified = certificate.getPublicKey();
    boolean same =
        switch (area.key()) {
          case TpmtPublic.EccKey key ->
              PublicPoint.parse(key.sec1()).spki().equals(Bytes.of(certified.getEncoded()));
          case TpmtPublic.RsaKey key ->
              certified instanceof RSAPublicKey rsa
                  && rsa.getModulus().equals(new BigInteger(1, key.modulus().toArray()))
                  && rsa.getPublicExponent().equals(RSAKeyGenParameterSpec.F4);
        };
    if (!same) {
      throw refused(Check.ENROL_EK_CERTIFICATE, "certificate of another key than the EK");
    }
  }

  private static void requireEkCertificate(X509Certificate certificate) throws MalformedException {
    try {
      List<String> usages = certificate.getExtendedKeyUsage();
      if (usages == null || !usages.contains(EK_USAGE)) {
        throw refused(Check.ENROL_EK_CERTIFICATE, "extended key usage is not that of an EK");
      }
    } catch (CertificateException e) {
      throw refused(Check.ENROL_EK_CERTIFICATE, "extended key usage is not readable");
    }
    if (certificate.getBasicConstraints() >= 0) {
      throw refused(Check.ENROL_EK_CERTIFICATE, "certificate of an authority, not of an EK");
    }
  }

  private static boolean chains(
      X509Certificate certificate,
      List<X509Certificate> intermediates,
      List<X509Certificate> roots,
      Instant at) {
    if (roots.isEmpty()) {
      return false;
    }
    List<X509Certificate> known = new ArrayList<>(intermediates);
    known.add(certificate);
    X509CertSelector target = new X509CertSelector();
    target.setCertificate(certificate);
    try {
      PKIXBuilderParameters parameters =
          new PKIXBuilderParameters(
              roots.stream().map(root -> new TrustAnchor(root, null)).collect(Collectors.toSet()),
              target);
      parameters.addCertStore(
          CertStore.getInstance("Collection", new CollectionCertStoreParameters(known)));
      parameters.setRevocationEnabled(false);
      parameters.setDate(Date.from(at));
      parameters.setMaxPathLength(LONGEST_PATH);
      CertPathBuilder.getInstance("PKIX").build(parameters);
      return true;
    } catch (GeneralSecurityException _) {
      return false;
    }
  }

  private static MalformedException refused(Check check, String detail) {
    return new MalformedException(check, 0, detail);
  }
}
