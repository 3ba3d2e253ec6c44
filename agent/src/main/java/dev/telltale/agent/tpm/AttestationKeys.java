package dev.telltale.agent.tpm;

import dev.telltale.agent.tpm.transport.TpmException;
import dev.telltale.agent.tpm.tss.LoadedKey;
import dev.telltale.agent.tpm.tss.TpmCommands;
import dev.telltale.protocol.Bytes;
import dev.telltale.protocol.tpm.KeyTemplates;
import java.security.SecureRandom;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Makes, finds and removes attestation keys. Each has a random {@code unique} that nobody stores:
 * every enrolment makes a new key, and one that was removed never comes back.
 */
public final class AttestationKeys {
  /** Our corner of the persistent handles; room for the keys of two enrolments and to spare. */
  static final int FIRST_HANDLE = 0x8101_7E00;

  private static final int HANDLES = 8;
  private static final int UNIQUE = 64;

  private final TpmContext context;
  private final SecureRandom random;

  public AttestationKeys(TpmContext context, SecureRandom random) {
    this.context = context;
    this.random = random;
  }

  /** Makes a new key at a free handle. It stays there until it is evicted. */
  public AttestationKey create() throws TpmException {
    byte[] unique = new byte[UNIQUE];
    random.nextBytes(unique);
    Bytes template = KeyTemplates.attestationKey(Bytes.of(unique));
    return context.call(commands -> {
      int handle = freeHandle(commands);
      try (LoadedKey made = commands.keys().createPrimary(template)) {
        if (!isAttestationKey(made)) {
          throw new TpmException.Tampered("the new key is not the one asked for");
        }
        commands.keys().persist(made, handle);
        return new AttestationKey(handle, made.area());
      }
    });
  }

  private static int freeHandle(TpmCommands commands) throws TpmException {
    List<Integer> taken = commands.capabilities().persistentHandles();
    return IntStream.range(FIRST_HANDLE, FIRST_HANDLE + HANDLES)
        .filter(handle -> !taken.contains(handle))
        .findFirst()
        .orElseThrow(() ->
            new TpmException.Unsuitable(
                "no free handle from 0x%08X on for a new key".formatted(FIRST_HANDLE)));
  }

  /** The key of this name at this handle; empty if it is not there, or another one is. */
  public Optional<AttestationKey> load(int handle, Bytes name) throws TpmException {
    return context.call(commands ->
        commands
            .keys()
            .persistent(handle)
            .filter(key -> isAttestationKey(key) && key.name().equals(name))
            .map(key -> new AttestationKey(handle, key.area())));
  }

  /** Removes the key for good, if it is still the one at its handle. */
  public void evict(AttestationKey key) throws TpmException {
    context.call(commands -> {
      Optional<LoadedKey> found = commands.keys().persistent(key.handle());
      if (found.isPresent() && found.get().name().equals(key.name())) {
        commands.keys().evict(found.get());
      }
      return true;
    });
  }

  /** Removes what enrolments that came to nothing have left behind. */
  public void evictAllBut(Collection<AttestationKey> kept) throws TpmException {
    List<Integer> keep = kept.stream().map(AttestationKey::handle).toList();
    context.call(commands -> {
      for (int handle : commands.capabilities().handles(FIRST_HANDLE)) {
        Optional<LoadedKey> key =
            handle < FIRST_HANDLE + HANDLES && !keep.contains(handle)
                ? commands.keys().persistent(handle)
                : Optional.empty();
        if (key.filter(AttestationKeys::isAttestationKey).isPresent()) {
          commands.keys().evict(key.get());
        }
      }
      return true;
    });
  }

  private static boolean isAttestationKey(LoadedKey key) {
    return KeyTemplates.hasAkAttributes(key.area()) && KeyTemplates.hasAkScheme(key.area());
  }
}
