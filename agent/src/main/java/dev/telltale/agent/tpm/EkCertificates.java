package dev.telltale.agent.tpm;

import dev.telltale.protocol.Bytes;
import dev.telltale.protocol.tpm.TpmtPublic;
import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.security.PublicKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.ArrayList;
import java.util.List;

/** Certificates as manufacturers store them: DER, one after the other, padding behind them. */
final class EkCertificates {
  private static final int SEQUENCE = 0x30;
  private static final int MOST = 8;

  private EkCertificates() {}

  /** The DER objects from the start on, up to something that is none. */
  static List<Bytes> split(Bytes stored) {
    List<Bytes> found = new ArrayList<>();
    int at = 0;
    while (found.size() < MOST) {
      int length = length(stored, at);
      if (length == 0) {
        break;
      }
      found.add(stored.slice(at, at + length));
      at += length;
    }
    return List.copyOf(found);
  }

  /** Length of the SEQUENCE at this place with its head, zero if none is there or it is cut off. */
  private static int length(Bytes in, int at) {
    if (in.length() - at < 2 || in.at(at) != SEQUENCE) {
      return 0;
    }
    int first = in.at(at + 1) & 0xFF;
    int more = first < 0x80 ? 0 : first & 0x7F;
    if (first == 0x80 || more > 2 || in.length() - at < 2 + more) {
      return 0;
    }
    int content = more == 0 ? first : 0;
    for (int i = 0; i < more; i++) {
      content = (content << Byte.SIZE) | (in.at(at + 2 + i) & 0xFF);
    }
    int whole = 2 + more + content;
    return whole <= in.length() - at ? whole : 0;
  }

  /** Whether this certificate is about this key, and not about another one of the same TPM. */
  static boolean certifies(Bytes certificate, TpmtPublic area) {
    PublicKey certified;
    try {
      certified =
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(certificate.toArray()))
              .getPublicKey();
    } catch (CertificateException e) {
      return false;
    }
    return switch (area.key()) {
      case TpmtPublic.EccKey ecc ->
          certified instanceof ECPublicKey key
              && key.getW().getAffineX().equals(number(ecc.x()))
              && key.getW().getAffineY().equals(number(ecc.y()));
      case TpmtPublic.RsaKey rsa ->
          certified instanceof RSAPublicKey key && key.getModulus().equals(number(rsa.modulus()));
    };
  }

  private static BigInteger number(Bytes unsigned) {
    return new BigInteger(1, unsigned.toArray());
  }
}
