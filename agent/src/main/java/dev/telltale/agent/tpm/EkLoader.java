package dev.telltale.agent.tpm;

import dev.telltale.agent.tpm.transport.TpmException;
import dev.telltale.agent.tpm.tss.LoadedKey;
import dev.telltale.agent.tpm.tss.SecureSession;
import dev.telltale.agent.tpm.tss.TpmCommands;
import dev.telltale.protocol.tpm.EkTemplate;
import java.util.Optional;

/** Gets at an endorsement key: where the manufacturer left it, or made again from its template. */
final class EkLoader {
  /** Where the TCG wants persistent endorsement keys (Registry of Reserved Handles). */
  private static final int FIRST = 0x8101_0000;

  private static final int LAST = 0x8101_00FF;

  private EkLoader() {}

  /** The default key of a template. Making an RSA key again takes a chip seconds. */
  static LoadedKey load(TpmCommands commands, EkTemplate template) throws TpmException {
    for (int handle : commands.capabilities().handles(FIRST)) {
      Optional<LoadedKey> key =
          handle <= LAST ? commands.keys().persistent(handle) : Optional.empty();
      if (key.filter(k -> EkTemplate.of(k.area()).equals(Optional.of(template))).isPresent()) {
        return key.get();
      }
    }
    LoadedKey made = commands.keys().createPrimary(template.area());
    if (!EkTemplate.of(made.area()).equals(Optional.of(template))) {
      made.close();
      throw new TpmException.Tampered("an endorsement key of another kind than asked for");
    }
    return made;
  }

  /** The very key that was pinned, or nothing. */
  static LoadedKey load(TpmCommands commands, EndorsementKey pinned) throws TpmException {
    LoadedKey key = load(commands, pinned.template());
    if (!key.name().equals(pinned.name())) {
      key.close();
      throw new TpmException.Tampered("this TPM does not have the endorsement key we know");
    }
    return key;
  }

  /** A session salted to the pinned key, which does not have to stay loaded for it. */
  static SecureSession session(TpmCommands commands, EndorsementKey pinned) throws TpmException {
    try (LoadedKey key = load(commands, pinned)) {
      return commands.sessions().secure(key);
    }
  }
}
