package dev.telltale.agent.tpm;

import dev.telltale.agent.tpm.transport.TpmException;
import dev.telltale.agent.tpm.tss.LoadedKey;
import dev.telltale.agent.tpm.tss.TpmCommands;
import dev.telltale.protocol.Bytes;
import dev.telltale.protocol.Limits;
import dev.telltale.protocol.tpm.EkTemplate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds the endorsement key to enrol with. */
public final class EndorsementKeys {
  /** P-256 first: faster, and old Infineon RSA keys are weak. */
  private static final List<EkTemplate> PREFERENCE =
      List.of(EkTemplate.L2_ECC_P256, EkTemplate.L1_RSA_2048);

  /** NV indices of the certificates in between (TCG EK Credential Profile, 2.2.1.5). */
  private static final int FIRST_CHAIN_INDEX = 0x01C0_0100;

  private static final int LAST_CHAIN_INDEX = 0x01C0_01FF;

  /** As many as enrolment may carry. */
  private static final int INTERMEDIATES = 4;

  private final TpmContext context;

  public EndorsementKeys(TpmContext context) {
    this.context = context;
  }

  /** The best key with a certificate, or the P-256 key without one. */
  public EndorsementKey preferred() throws TpmException {
    return context.call(commands -> {
      for (EkTemplate template : PREFERENCE) {
        Optional<Bytes> certificate = certificate(commands, template);
        if (certificate.isPresent()) {
          EndorsementKey key = key(commands, template, certificate);
          if (key.certificate().isPresent()) {
            return key;
          }
        }
      }
      return key(commands, PREFERENCE.getFirst(), Optional.empty());
    });
  }

  private static Optional<Bytes> certificate(TpmCommands commands, EkTemplate template)
      throws TpmException {
    return commands
        .storage()
        .read(template.certificateIndex(), Limits.CERTIFICATE)
        .flatMap(stored -> EkCertificates.split(stored).stream().findFirst());
  }

  private static EndorsementKey key(
      TpmCommands commands, EkTemplate template, Optional<Bytes> certificate) throws TpmException {
    try (LoadedKey key = EkLoader.load(commands, template)) {
      Optional<Bytes> own = certificate.filter(c -> EkCertificates.certifies(c, key.area()));
      if (own.isEmpty() && certificate.isPresent()) {
        System.getLogger(EndorsementKeys.class.getName())
            .log(
                System.Logger.Level.WARNING, "the certificate for {0} is not its key''s", template);
      }
      List<Bytes> chain = own.isPresent() ? intermediates(commands) : List.of();
      return new EndorsementKey(template, key.area(), own, chain);
    }
  }

  private static List<Bytes> intermediates(TpmCommands commands) throws TpmException {
    List<Bytes> stored = new ArrayList<>();
    for (int index : commands.capabilities().handles(FIRST_CHAIN_INDEX)) {
      if (index <= LAST_CHAIN_INDEX) {
        commands.storage().read(index, Limits.CERTIFICATE).ifPresent(stored::add);
      }
    }
    return EkCertificates.split(Bytes.concat(stored.toArray(Bytes[]::new))).stream()
        .filter(certificate -> certificate.length() <= Limits.CERTIFICATE)
        .limit(INTERMEDIATES)
        .toList();
  }
}
