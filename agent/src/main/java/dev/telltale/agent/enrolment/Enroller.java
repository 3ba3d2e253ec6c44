package dev.telltale.agent.enrolment;

import dev.telltale.agent.receipt.HeldCheckpoint;
import dev.telltale.agent.receipt.LogKeys;
import dev.telltale.agent.tpm.AttestationKey;
import dev.telltale.agent.tpm.AttestationKeys;
import dev.telltale.agent.tpm.EndorsementKey;
import dev.telltale.agent.tpm.EndorsementKeys;
import dev.telltale.agent.tpm.TpmContext;
import dev.telltale.agent.tpm.transport.TpmException;
import dev.telltale.protocol.Bytes;
import dev.telltale.protocol.Check;
import dev.telltale.protocol.MalformedException;
import dev.telltale.protocol.crypto.P256Key;
import dev.telltale.protocol.crypto.Providers;
import dev.telltale.protocol.crypto.Suite;
import dev.telltale.protocol.message.Grade;
import dev.telltale.protocol.message.OpenTicket;
import dev.telltale.protocol.message.Result;
import dev.telltale.protocol.message.Ticket;
import dev.telltale.protocol.message.TicketFile;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** Enrols this machine: from a ticket file to an identity file, or to no trace at all. */
public final class Enroller {
  private static final int CORRELATION = 16;
  private static final int CLIENT_ID = 16;

  private final Providers providers;
  private final SecureRandom random;
  private final InstantSource clock;

  /** Where the machine is enrolled. */
  public record Place(StateDirectory state, TpmContext tpm, Bytes bootSeed) {}

  /**
   * A machine that is a device now.
   *
   * @param endorsed whether the TPM has a certificate of its maker
   */
  public record Enrolled(Identity identity, Grade grade, boolean endorsed) {}

  public Enroller(Providers providers, SecureRandom random, InstantSource clock) {
    this.providers = providers;
    this.random = random;
    this.clock = clock;
  }

  /** Reads a ticket file and verifies it in itself; who gave it to us is for the reader to know. */
  public OpenTicket read(Bytes file) throws EnrolmentException {
    OpenTicket ticket;
    try {
      ticket = OpenTicket.open(providers, TicketFile.decode(file).signed());
    } catch (MalformedException e) {
      throw EnrolmentException.of("the ticket", e);
    }
    Instant expiry = Instant.ofEpochMilli(ticket.invite().expiry());
    if (clock.instant().isAfter(expiry)) {
      throw EnrolmentException.of(
          Check.TICKET_EXPIRED, "the ticket was valid until " + expiry + ": ask for a new one");
    }
    return ticket;
  }

  /** Enrols, and writes the identity. */
  public Enrolled enrol(OpenTicket ticket, String name, Place place)
      throws EnrolmentException, TpmException, IOException, InterruptedException {
    requireNew(place.state());
    EndorsementKey ek = new EndorsementKeys(place.tpm()).preferred();
    AttestationKeys keys = new AttestationKeys(place.tpm(), random);
    AttestationKey ak = keys.create();
    boolean done = false;
    try {
      Enrolled enrolled = enrol(ticket, name, place, ek, ak);
      done = true;
      return enrolled;
    } finally {
      if (!done) {
        evict(keys, ak);
      }
    }
  }

  private void requireNew(StateDirectory state) throws EnrolmentException, IOException {
    if (state.identity(providers).isPresent() || state.hasOutbox()) {
      throw EnrolmentException.of(
          Check.ENROL_IDENTITY,
          "this machine is already enrolled; to enrol it anew, let telltale-agent status show"
              + " nothing waiting, stop the agent and move "
              + state.path()
              + " away");
    }
  }

  private Enrolled enrol(
      OpenTicket ticket, String name, Place place, EndorsementKey ek, AttestationKey ak)
      throws EnrolmentException, TpmException, IOException, InterruptedException {
    LogKeys log =
        new LogKeys(ticket.logKey(), ticket.noteKeys().subList(1, ticket.noteKeys().size()));
    HeldCheckpoint start;
    Suite suite;
    try {
      start = log.open(ticket.ticket().note());
      suite = Suite.numbered(ticket.ticket().suite(), providers);
    } catch (MalformedException e) {
      throw EnrolmentException.of("the ticket", e);
    }
    P256Key tls = P256Key.generate(providers, random);
    Enrolment.Machine machine = new Enrolment.Machine(name, ek, ak, tls, place.bootSeed());
    Enrolment.Outcome outcome;
    try (JoinChannel channel = MqttJoinChannel.open(ticket, hex(CLIENT_ID))) {
      outcome =
          new Enrolment(providers, suite, ticket, place.tpm(), channel)
              .run(machine, draw(CORRELATION), log, start);
    } catch (GeneralSecurityException e) {
      throw EnrolmentException.of(
          Check.ENROL_CERTIFICATE, "the ticket's bootstrap certificate: " + e.getMessage());
    }
    Identity identity = identity(ticket, machine, log, outcome);
    place.state().write(identity);
    return new Enrolled(identity, outcome.verified().grade(), ek.certificate().isPresent());
  }

  private Identity identity(
      OpenTicket ticket, Enrolment.Machine machine, LogKeys log, Enrolment.Outcome outcome) {
    Ticket content = ticket.ticket();
    Result result = outcome.verified().result();
    List<Bytes> chain = new ArrayList<>(List.of(result.certificate()));
    chain.addAll(result.chain());
    return new Identity(
        result.device(),
        result.name(),
        content.suite(),
        ticket.invite().group(),
        outcome.verified().leaf(),
        new Identity.Keys(machine.ak(), machine.ek().area(), machine.tls(), chain),
        new Identity.Broker(content.broker(), content.brokerCa(), hex(CLIENT_ID)),
        new Identity.Pins(
            content.messageKey(),
            content.ownerKey(),
            content.operatorKey(),
            ticket.recipientSetPayload(),
            log),
        outcome.activate().selection(),
        outcome.verified().beginning());
  }

  private Bytes draw(int count) {
    byte[] bytes = new byte[count];
    random.nextBytes(bytes);
    return Bytes.of(bytes);
  }

  private String hex(int bytes) {
    return draw(bytes).toHex();
  }

  private static void evict(AttestationKeys keys, AttestationKey ak) {
    try {
      keys.evict(ak);
    } catch (TpmException e) {
      System.getLogger("dev.telltale.agent.enrolment")
          .log(Level.WARNING, "enrolment.key.left handle=0x%08X".formatted(ak.handle()));
    }
  }
}
