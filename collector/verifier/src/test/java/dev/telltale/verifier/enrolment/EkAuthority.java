package dev.telltale.verifier.enrolment;

import dev.telltale.protocol.Bytes;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Who certifies endorsement keys: a manufacturer, or a simulation. */
public final class EkAuthority {
  /** tcg-kp-EKCertificate. */
  public static final String EK_USAGE = "2.23.133.8.1";

  private static final Instant FROM = Instant.parse("2020-01-01T00:00:00Z");
  private static final Instant UNTIL = Instant.parse("2040-01-01T00:00:00Z");

  private final X500Name name;
  private final KeyPair pair;
  private final Bytes certificate;

  /** What a certificate says, besides whose key it is. */
  public record Claims(String usage, boolean authority, Instant from, Instant until) {
    static final Claims ENDORSEMENT = new Claims(EK_USAGE, false, FROM, UNTIL);
    static final Claims AUTHORITY = new Claims("", true, FROM, UNTIL);
  }

  private EkAuthority(X500Name name, KeyPair pair, Bytes certificate) {
    this.name = name;
    this.pair = pair;
    this.certificate = certificate;
  }

  /** A root of its own. */
  public static EkAuthority root(String name) {
    KeyPair pair = pair();
    X500Name subject = new X500Name("CN=" + name);
    return new EkAuthority(
        subject, pair, certify(subject, pair, subject, pair.getPublic(), Claims.AUTHORITY));
  }

  /** One certified by this one. */
  public EkAuthority intermediate(String below) {
    KeyPair lower = pair();
    X500Name subject = new X500Name("CN=" + below);
    return new EkAuthority(
        subject, lower, certify(name, pair, subject, lower.getPublic(), Claims.AUTHORITY));
  }

  /** One that certifies without being allowed to. */
  EkAuthority notAnAuthority(String below) {
    KeyPair lower = pair();
    X500Name subject = new X500Name("CN=" + below);
    return new EkAuthority(
        subject, lower, certify(name, pair, subject, lower.getPublic(), Claims.ENDORSEMENT));
  }

  public Bytes certificate() {
    return certificate;
  }

  /** An EK certificate, DER. */
  public Bytes endorse(PublicKey ek) {
    return certify(ek, Claims.ENDORSEMENT);
  }

  public Bytes certify(PublicKey key, Claims claims) {
    return certify(name, pair, new X500Name("CN=a TPM"), key, claims);
  }

  private static KeyPair pair() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Bytes certify(
      X500Name issuer, KeyPair signer, X500Name subject, PublicKey key, Claims claims) {
    try {
      X509v3CertificateBuilder builder =
          new JcaX509v3CertificateBuilder(
              issuer,
              BigInteger.valueOf(System.nanoTime()),
              Date.from(claims.from),
              Date.from(claims.until),
              subject,
              key);
      builder.addExtension(
          Extension.basicConstraints, true, new BasicConstraints(claims.authority));
      if (!claims.usage.isEmpty()) {
        KeyPurposeId usage = KeyPurposeId.getInstance(new ASN1ObjectIdentifier(claims.usage));
        builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(usage));
      }
      return Bytes.of(
          builder
              .build(new JcaContentSignerBuilder("SHA256withECDSA").build(signer.getPrivate()))
              .getEncoded());
    } catch (IOException | OperatorCreationException e) {
      throw new IllegalStateException(e);
    }
  }
}
