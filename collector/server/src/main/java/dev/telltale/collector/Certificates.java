package dev.telltale.collector;

import dev.telltale.platform.mqtt.TlsContexts;
import dev.telltale.protocol.Bytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;

/** Certificate files the configuration names. */
final class Certificates {
  private Certificates() {}

  static List<X509Certificate> read(List<Path> files) throws IOException, CertificateException {
    List<X509Certificate> certificates = new ArrayList<>();
    for (Path file : files) {
      if (!Files.isReadable(file)) {
        throw new IOException(file + " cannot be read: it is named in [enrolment]");
      }
      try {
        certificates.addAll(TlsContexts.certificates(Files.readAllBytes(file)));
      } catch (CertificateException e) {
        throw new CertificateException(file + ": " + e.getMessage(), e);
      }
    }
    return certificates;
  }

  static List<Bytes> der(List<Path> files) throws IOException, CertificateException {
    List<Bytes> encoded = new ArrayList<>();
    for (X509Certificate certificate : read(files)) {
      encoded.add(Bytes.of(certificate.getEncoded()));
    }
    return encoded;
  }
}
