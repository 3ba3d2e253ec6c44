package dev.telltale.collector.enrolment;

import dev.telltale.protocol.Bytes;
import dev.telltale.protocol.crypto.P256Key;
import dev.telltale.protocol.crypto.PublicPoint;
import java.io.IOException;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.security.cert.CertificateException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * The collector's own authority (RFC 5280). Its certificates open the broker and prove nothing
 * else; what a device is, its TPM says. They do not expire (RFC 5280 section 4.1.2.5): a board in a
 * meter room must not fall silent on a date, and what ends it is the ACL.
 */
public final class CertificateAuthority {
  private static final Date NEVER = Date.from(Instant.parse("9999-12-31T23:59:59Z"));
  private static final int SERIAL_BITS = 127;

  private final P256Key key;
  private final Bytes certificate;
  private final X500Name issuer;
  private final SecureRandom random;
  private final InstantSource clock;

  /** With its certificate, DER. */
  public CertificateAuthority(
      P256Key key, Bytes certificate, SecureRandom random, InstantSource clock)
      throws CertificateException {
    this.key = key;
    this.certificate = certificate;
    this.random = random;
    this.clock = clock;
    try {
      this.issuer = new X509CertificateHolder(certificate.toArray()).getSubject();
    } catch (IOException e) {
      throw new CertificateException("the CA certificate cannot be read", e);
    }
  }

  /** The certificate of a new authority, signed by itself, DER. */
  public static Bytes selfSigned(
      P256Key key, String name, SecureRandom random, InstantSource clock) {
    X500Name subject = commonName(name);
    X509v3CertificateBuilder builder =
        builder(subject, subject, key.publicKey(), random, clock.instant());
    try {
      builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(0));
      builder.addExtension(
          Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
    } catch (IOException e) {
      throw new IllegalStateException("a constant extension cannot be encoded", e);
    }
    return sign(builder, key);
  }

  public Bytes certificate() {
    return certificate;
  }

  /** For a client whose user name at the broker is this common name. */
  public Bytes client(String commonName, PublicPoint subjectKey) {
    return issue(commonName, subjectKey, KeyPurposeId.id_kp_clientAuth, null);
  }

  /** For a broker reached under this host name or address. */
  public Bytes server(String host, PublicPoint subjectKey) {
    int type = host.matches("[0-9.]+|.*:.*") ? GeneralName.iPAddress : GeneralName.dNSName;
    return issue(
        host,
        subjectKey,
        KeyPurposeId.id_kp_serverAuth,
        new GeneralNames(new GeneralName(type, host)));
  }

  private Bytes issue(
      String commonName,
      PublicPoint subjectKey,
      KeyPurposeId purpose,
      @org.jspecify.annotations.Nullable GeneralNames alternatives) {
    X509v3CertificateBuilder builder =
        builder(issuer, commonName(commonName), subjectKey, random, clock.instant());
    try {
      builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
      builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
      builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purpose));
      if (alternatives != null) {
        builder.addExtension(Extension.subjectAlternativeName, false, alternatives);
      }
    } catch (IOException e) {
      throw new IllegalStateException("an extension cannot be encoded", e);
    }
    return sign(builder, key);
  }

  private static X509v3CertificateBuilder builder(
      X500Name issuer, X500Name subject, PublicPoint key, SecureRandom random, Instant now) {
    return new X509v3CertificateBuilder(
        issuer,
        new BigInteger(SERIAL_BITS, random).setBit(0),
        Date.from(now.minusSeconds(3_600)),
        NEVER,
        subject,
        SubjectPublicKeyInfo.getInstance(key.spki().toArray()));
  }

  private static Bytes sign(X509v3CertificateBuilder builder, P256Key key) {
    try {
      return Bytes.of(
          builder
              .build(new JcaContentSignerBuilder("SHA256withECDSA").build(key.privateKey()))
              .getEncoded());
    } catch (OperatorCreationException | IOException e) {
      throw new IllegalStateException("a certificate cannot be signed", e);
    }
  }

  private static X500Name commonName(String name) {
    return new X500NameBuilder(BCStyle.INSTANCE).addRDN(BCStyle.CN, name).build();
  }
}
