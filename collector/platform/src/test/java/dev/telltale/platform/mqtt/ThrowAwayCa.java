package dev.telltale.platform.mqtt;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLContext;

/** A certificate authority that lives as long as its test: P-256, X.509 v3, valid 2020 to 2049. */
public final class ThrowAwayCa {
  private static final HexFormat HEX = HexFormat.of();
  private static final byte[] ECDSA_SHA256 = HEX.parseHex("300a06082a8648ce3d040302");
  private static final byte[] VALIDITY =
      join(0x30, utcTime("200101000000Z"), utcTime("491231235959Z"));
  private static final byte[] COMMON_NAME = HEX.parseHex("0603550403");
  private static final byte[] CA_TRUE = HEX.parseHex("300f0603551d130101ff040530030101ff");
  private static final byte[] ALT_NAME = HEX.parseHex("0603551d11");

  private final KeyPair keys;
  private final String name;
  private final X509Certificate certificate;
  private final AtomicLong serial = new AtomicLong(1);

  /** A certificate this authority issued, and its key. */
  public record Identity(X509Certificate certificate, PrivateKey key) {}

  public ThrowAwayCa(String name) throws GeneralSecurityException {
    this.name = name;
    this.keys = p256();
    this.certificate = certify(name, keys.getPublic(), CA_TRUE);
  }

  public X509Certificate certificate() {
    return certificate;
  }

  /** Issues a certificate for a fresh key. */
  public Identity issue(String commonName, String... hosts) throws GeneralSecurityException {
    KeyPair fresh = p256();
    return new Identity(issue(commonName, fresh.getPublic(), hosts), fresh.getPrivate());
  }

  /** Issues a certificate for a key somebody else holds. */
  public X509Certificate issue(String commonName, PublicKey key, String... hosts)
      throws GeneralSecurityException {
    return certify(commonName, key, hosts.length == 0 ? new byte[0] : altNames(hosts));
  }

  /** A context of a client that shows {@code identity} and trusts this authority. */
  public SSLContext client(Identity identity) throws GeneralSecurityException {
    return TlsContexts.client(
        List.of(certificate), List.of(identity.certificate()), identity.key());
  }

  /** PEM of a certificate. */
  public static String pem(X509Certificate certificate) throws GeneralSecurityException {
    return pem("CERTIFICATE", certificate.getEncoded());
  }

  /** PEM of a key, PKCS#8. */
  public static String pem(PrivateKey key) {
    return pem("PRIVATE KEY", key.getEncoded());
  }

  private static String pem(String label, byte[] der) {
    String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
    return "-----BEGIN " + label + "-----\n" + body + "\n-----END " + label + "-----\n";
  }

  private static KeyPair p256() throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    return generator.generateKeyPair();
  }

  /** RFC 5280, 4.1: the TBSCertificate and its signature. */
  private X509Certificate certify(String subject, PublicKey key, byte[] extension)
      throws GeneralSecurityException {
    byte[] number = tlv(0x02, BigInteger.valueOf(serial.getAndIncrement()).toByteArray());
    byte[] extensions = extension.length == 0 ? extension : join(0xA3, tlv(0x30, extension));
    byte[] toSign =
        join(
            0x30,
            HEX.parseHex("a003020102"),
            number,
            ECDSA_SHA256,
            distinguished(name),
            VALIDITY,
            distinguished(subject),
            key.getEncoded(),
            extensions);
    Signature signer = Signature.getInstance("SHA256withECDSA");
    signer.initSign(keys.getPrivate());
    signer.update(toSign);
    byte[] signature = join(0x03, new byte[1], signer.sign());
    byte[] whole = join(0x30, toSign, ECDSA_SHA256, signature);
    return (X509Certificate)
        CertificateFactory.getInstance("X.509")
            .generateCertificate(new ByteArrayInputStream(whole));
  }

  private static byte[] altNames(String[] hosts) {
    byte[][] names = new byte[hosts.length][];
    for (int i = 0; i < hosts.length; i++) {
      boolean address = hosts[i].matches("[0-9.]+|.*:.*");
      names[i] =
          address
              ? tlv(0x87, InetAddress.ofLiteral(hosts[i]).getAddress())
              : tlv(0x82, hosts[i].getBytes(StandardCharsets.US_ASCII));
    }
    return join(0x30, ALT_NAME, join(0x04, join(0x30, names)));
  }

  private static byte[] distinguished(String commonName) {
    byte[] text = tlv(0x0C, commonName.getBytes(StandardCharsets.UTF_8));
    return join(0x30, join(0x31, join(0x30, COMMON_NAME, text)));
  }

  private static byte[] utcTime(String time) {
    return tlv(0x17, time.getBytes(StandardCharsets.US_ASCII));
  }

  private static byte[] join(int tag, byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return tlv(tag, out.toByteArray());
  }

  private static byte[] tlv(int tag, byte[] value) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(tag);
    if (value.length < 0x80) {
      out.write(value.length);
    } else if (value.length < 0x100) {
      out.write(0x81);
      out.write(value.length);
    } else {
      out.write(0x82);
      out.write(value.length >>> 8);
      out.write(value.length);
    }
    out.writeBytes(value);
    return out.toByteArray();
  }
}
