package dev.telltale.agent;

import dev.telltale.agent.enrolment.Enroller;
import dev.telltale.agent.enrolment.EnrolmentException;
import dev.telltale.agent.enrolment.StateDirectory;
import dev.telltale.agent.envelope.BootSeed;
import dev.telltale.agent.tpm.TpmContext;
import dev.telltale.agent.tpm.TpmFacts;
import dev.telltale.agent.tpm.transport.TpmException;
import dev.telltale.platform.terminal.ExitCode;
import dev.telltale.platform.terminal.Terminal;
import dev.telltale.platform.terminal.Tone;
import dev.telltale.protocol.Bytes;
import dev.telltale.protocol.Limits;
import dev.telltale.protocol.crypto.Providers;
import dev.telltale.protocol.message.Grade;
import dev.telltale.protocol.message.Invite;
import dev.telltale.protocol.message.OpenTicket;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;

/** {@code telltale-agent enrol}. */
record EnrolCommand(AgentConfig config, Terminal terminal) {
  private static final int WIDTH = 10;

  ExitCode run(Path file, String name) throws AgentException {
    if (name.isBlank() || name.getBytes(StandardCharsets.UTF_8).length > Limits.NAME) {
      throw new AgentException("--name: 1 to " + Limits.NAME + " bytes");
    }
    SecureRandom random = new SecureRandom();
    Enroller enroller = new Enroller(Providers.jdk(), random, InstantSource.system());
    try {
      OpenTicket ticket = enroller.read(content(file));
      showTicket(ticket.invite());
      try (StateDirectory state = StateDirectory.own(config.state());
          TpmContext tpm = TpmContext.open(config.tpm(), random)) {
        TpmFacts facts = TpmFacts.of(tpm);
        Enroller.Place place = new Enroller.Place(state, tpm, BootSeed.read(config.bootSeed()));
        show(facts, enroller.enrol(ticket, name, place));
        return ExitCode.DONE;
      }
    } catch (EnrolmentException e) {
      terminal.error(Main.PROGRAM, String.valueOf(e.getMessage()));
      return ExitCode.NO;
    } catch (TpmException e) {
      throw new AgentException("TPM " + config.tpm() + ": " + e.getMessage(), e);
    } catch (NoSuchFileException e) {
      throw new AgentException(e.getMessage() + ": no such file", e);
    } catch (IOException e) {
      throw new AgentException(String.valueOf(e.getMessage()), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AgentException("interrupted; nothing is left of this enrolment", e);
    }
  }

  /** A little more than any ticket, so that what is longer is seen to be. */
  private static Bytes content(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return Bytes.of(in.readNBytes(2 * Limits.TICKET + 1));
    }
  }

  private void showTicket(Invite invite) {
    LocalDate until = LocalDate.ofInstant(Instant.ofEpochMilli(invite.expiry()), ZoneOffset.UTC);
    String devices = invite.uses() == 1 ? "1 device" : invite.uses() + " devices";
    row("ticket", "%s, %s, valid until %s".formatted(invite.group(), devices, until));
  }

  private void show(TpmFacts facts, Enroller.Enrolled enrolled) {
    row("tpm", facts.manufacturer() + ", " + endorsement(enrolled.grade(), enrolled.endorsed()));
    row(
        "enrolled",
        "%s, certified, leaf %d".formatted(enrolled.identity().name(), enrolled.identity().leaf()));
  }

  private static String endorsement(Grade grade, boolean endorsed) {
    String certificate = endorsed ? "EK certificate " : "no EK certificate, ";
    return switch (grade) {
      case MANUFACTURER -> certificate + "chains to the manufacturer";
      case LISTED -> certificate + "listed by the operator";
      case APPROVED -> certificate + "approved by the operator";
      case SIMULATION -> certificate + "of a simulation: proves nothing about hardware";
    };
  }

  private void row(String what, String text) {
    terminal.row(Tone.PLAIN, what, WIDTH, text);
  }
}
