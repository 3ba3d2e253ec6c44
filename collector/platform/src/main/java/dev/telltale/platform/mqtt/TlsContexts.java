package dev.telltale.platform.mqtt;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * TLS contexts of the JDK's own TLS for mutual authentication: exactly the given authorities are
 * trusted, none of the system's, and exactly one certificate is shown.
 */
public final class TlsContexts {
  /** Enough for any chain; a bound on what is parsed. */
  private static final int LARGEST_INPUT = 256 * 1024;

  private static final int MOST_CERTIFICATES = 16;

  private TlsContexts() {}

  /**
   * A context for a client.
   *
   * @param authorities who may have certified the broker
   * @param chain our certificate first, then what leads to an authority of the broker
   * @param key the private key of {@code chain}'s first; it need not have an encoding
   */
  public static SSLContext client(
      List<X509Certificate> authorities, List<X509Certificate> chain, PrivateKey key)
      throws GeneralSecurityException {
    if (authorities.isEmpty() || chain.isEmpty()) {
      throw new CertificateException("TLS needs an authority and a certificate");
    }
    return context(authorities, new KeyManager[] {new OneKeyManager(chain, key)});
  }

  /** A context for a client that has no certificate: for probing that a broker refuses it. */
  public static SSLContext anonymous(List<X509Certificate> authorities)
      throws GeneralSecurityException {
    return context(authorities, new KeyManager[0]);
  }

  private static SSLContext context(List<X509Certificate> authorities, KeyManager[] keys)
      throws GeneralSecurityException {
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    try {
      trusted.load(null, null);
    } catch (IOException e) {
      throw new GeneralSecurityException("an empty key store cannot be made", e);
    }
    for (int i = 0; i < authorities.size(); i++) {
      trusted.setCertificateEntry("authority-" + i, authorities.get(i));
    }
    TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
    trust.init(trusted);
    // The name of the newest version; which versions are spoken is set on the socket.
    SSLContext context = SSLContext.getInstance("TLSv1.3");
    context.init(keys, trust.getTrustManagers(), null);
    return context;
  }

  /** Reads one DER certificate or any number of PEM ones, at least one. */
  public static List<X509Certificate> certificates(byte[] derOrPem) throws CertificateException {
    if (derOrPem.length > LARGEST_INPUT) {
      throw new CertificateException("certificates of " + derOrPem.length + " bytes");
    }
    List<X509Certificate> certificates = new ArrayList<>();
    for (Certificate certificate :
        CertificateFactory.getInstance("X.509")
            .generateCertificates(new ByteArrayInputStream(derOrPem))) {
      certificates.add((X509Certificate) certificate);
    }
    if (certificates.isEmpty() || certificates.size() > MOST_CERTIFICATES) {
      throw new CertificateException(certificates.size() + " certificates found");
    }
    return List.copyOf(certificates);
  }
}
