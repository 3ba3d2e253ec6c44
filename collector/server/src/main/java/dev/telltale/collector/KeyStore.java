package dev.telltale.collector;

import dev.telltale.platform.durable.DirectoryDisk;
import dev.telltale.platform.durable.Disk;
import dev.telltale.platform.durable.DurableFile;
import dev.telltale.protocol.Bytes;
import dev.telltale.protocol.MalformedException;
import dev.telltale.protocol.crypto.P256Key;
import dev.telltale.protocol.crypto.PrivateWrapKey;
import dev.telltale.protocol.crypto.Providers;
import dev.telltale.protocol.tlog.Ed25519NoteSigner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * The files under {@code keys/}: written once, by init, and readable by the collector's user only.
 */
final class KeyStore {
  static final String OPERATOR = "operator.key";
  static final String MESSAGE = "message.key";
  static final String WRAP = "wrap.key";
  static final String CHALLENGE = "challenge.key";
  static final String LOG = "log.key";
  static final String AUTHORITY = "ca.key";
  static final String AUTHORITY_CERTIFICATE = "ca.pem";
  static final String CLIENT = "collector.key";
  static final String CLIENT_CERTIFICATE = "collector.pem";
  static final String RECIPIENTS = "recipients.cose";

  private static final int LARGEST = 16 * 1024;

  private final Path directory;
  private final Providers providers;

  KeyStore(Path directory, Providers providers) {
    this.directory = directory;
    this.providers = providers;
  }

  Path path(String name) {
    return directory.resolve(name);
  }

  boolean exists() {
    return Files.exists(path(OPERATOR));
  }

  void write(String name, byte[] content) throws IOException {
    Files.createDirectories(directory);
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
    try (Disk disk = DirectoryDisk.own(directory)) {
      new DurableFile(disk, name, LARGEST).replace(content);
    }
    Files.setPosixFilePermissions(path(name), PosixFilePermissions.fromString("r--------"));
  }

  private byte[] read(String name) throws IOException {
    Path file = path(name);
    if (!Files.exists(file)) {
      throw new IOException(file + " is missing: run telltale-collector init, or restore keys/");
    }
    if (Files.size(file) > LARGEST) {
      throw new IOException(file + " is no key of ours: it is too large");
    }
    return Files.readAllBytes(file);
  }

  P256Key signing(String name) throws IOException {
    try {
      return P256Key.parse(providers, Pem.decode(Pem.PRIVATE_KEY, read(name)));
    } catch (MalformedException | IllegalArgumentException e) {
      throw new IOException(path(name) + ": " + e.getMessage(), e);
    }
  }

  PrivateWrapKey wrapping() throws IOException {
    try {
      return PrivateWrapKey.parse(providers, Pem.decode(Pem.PRIVATE_KEY, read(WRAP)));
    } catch (MalformedException | IllegalArgumentException e) {
      throw new IOException(path(WRAP) + ": " + e.getMessage(), e);
    }
  }

  Ed25519NoteSigner log(String origin) throws IOException {
    try {
      return Ed25519NoteSigner.fromPkcs8(origin, Pem.decode(Pem.PRIVATE_KEY, read(LOG)));
    } catch (MalformedException | IllegalArgumentException e) {
      throw new IOException(path(LOG) + ": " + e.getMessage(), e);
    }
  }

  Bytes certificate(String name) throws IOException {
    try {
      return Pem.decode(Pem.CERTIFICATE, read(name));
    } catch (IllegalArgumentException e) {
      throw new IOException(path(name) + ": " + e.getMessage(), e);
    }
  }

  Bytes raw(String name) throws IOException {
    return Bytes.of(read(name));
  }
}
