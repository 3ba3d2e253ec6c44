package dev.telltale.tpmsim.junit;

import dev.telltale.tpmsim.swtpm.CertificateAuthority;
import dev.telltale.tpmsim.swtpm.SwtpmProvisioner;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** Tells one version of the provisioning code from another. */
final class Fingerprint {
  private Fingerprint() {}

  /** Of the code that provisions: after a change tests must not meet what the old code made. */
  static String ofProvisioning() throws IOException {
    MessageDigest digest = sha256();
    for (Class<?> type : List.of(SwtpmProvisioner.class, CertificateAuthority.class)) {
      digest.update(classFile(type, type.getSimpleName()));
    }
    digest.update(classFile(SwtpmProvisioner.class, "EndorsementKey"));
    return HexFormat.of().formatHex(digest.digest(), 0, 4);
  }

  private static byte[] classFile(Class<?> neighbour, String name) throws IOException {
    try (InputStream file = neighbour.getResourceAsStream(name + ".class")) {
      if (file == null) {
        throw new IOException("no class file of " + name);
      }
      return file.readAllBytes();
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
