package dev.telltale.collector;

import dev.telltale.collector.admin.Question;
import dev.telltale.collector.admin.Row;
import dev.telltale.collector.enrolment.CertificateAuthority;
import dev.telltale.platform.terminal.ExitCode;
import dev.telltale.protocol.Bytes;
import dev.telltale.protocol.DeviceId;
import dev.telltale.protocol.crypto.CoseSign1;
import dev.telltale.protocol.crypto.P256Key;
import dev.telltale.protocol.message.Grade;
import dev.telltale.protocol.message.Invite;
import dev.telltale.protocol.message.Ticket;
import dev.telltale.protocol.message.TicketFile;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "enrol",
    description = "Tickets for new devices.",
    mixinStandardHelpOptions = true,
    subcommands = EnrolCommand.InviteCommand.class)
final class EnrolCommand {
  private static final int SUITE = 1;

  @Command(
      name = "invite",
      description = "Prints a ticket; whoever holds it may enrol a TPM of an accepted grade.",
      mixinStandardHelpOptions = true)
  static final class InviteCommand implements Callable<Integer> {
    @Mixin private Common common = new Common();

    @Option(names = "--group", required = true, description = "devices with one reference set")
    private String group = "";

    @Option(names = "--devices", paramLabel = "N", description = "default ${DEFAULT-VALUE}")
    private int devices = 1;

    @Option(names = "--days", paramLabel = "N", description = "default ${DEFAULT-VALUE}")
    private int days = 14;

    @Option(
        names = "--grade",
        split = ",",
        description = "accepted: manufacturer (default), simulation")
    private List<Grade> grades = List.of(Grade.MANUFACTURER);

    @Override
    public Integer call() throws Exception {
      CollectorConfig config = common.config();
      Main.World world = common.world();
      KeyStore keys = new KeyStore(config.keys(), world.providers());
      P256Key operator = keys.signing(KeyStore.OPERATOR);
      P256Key bootstrap = P256Key.generate(world.providers(), world.random());
      byte[] id = new byte[DeviceId.LENGTH];
      world.random().nextBytes(id);
      Invite invite =
          new Invite(
              SUITE,
              new DeviceId(Bytes.of(id)),
              world.clock().millis() + Duration.ofDays(days).toMillis(),
              devices,
              group,
              grades.stream().distinct().sorted().toList(),
              bootstrap.publicKey());
      CoseSign1 signed = CoseSign1.sign(operator, Invite.KIND, invite.encode());
      return switch (common.ask(new Question.Submit(signed.encoded()))) {
        case Row.Placed placed -> {
          Ticket ticket = ticket(config, keys, operator, bootstrap, invite, signed, placed.note());
          CoseSign1 file = CoseSign1.sign(operator, Ticket.KIND, ticket.encode());
          world
              .terminal()
              .raw(
                  new String(
                      TicketFile.of(invite, file).encode().toArray(), StandardCharsets.UTF_8));
          yield ExitCode.DONE.code();
        }
        case Row.No(String why) -> {
          world.terminal().error(Main.PROGRAM, why);
          yield ExitCode.NO.code();
        }
        case Row.DeviceRow _, Row.ReadingRow _, Row.RegisterRow _, Row.FileRow _ ->
            throw new IllegalStateException("another answer than to an invitation");
      };
    }

    private Ticket ticket(
        CollectorConfig config,
        KeyStore keys,
        P256Key operator,
        P256Key bootstrap,
        Invite invite,
        CoseSign1 signed,
        Bytes note)
        throws Exception {
      Main.World world = common.world();
      Bytes root = keys.certificate(KeyStore.AUTHORITY_CERTIFICATE);
      CertificateAuthority authority =
          new CertificateAuthority(
              keys.signing(KeyStore.AUTHORITY), root, world.random(), world.clock());
      return new Ticket(
          SUITE,
          invite.ticket(),
          signed.encoded(),
          config.broker().toString(),
          root,
          keys.signing(KeyStore.MESSAGE).publicKey(),
          operator.publicKey(),
          keys.raw(KeyStore.RECIPIENTS),
          keys.log(config.origin()).key().text(),
          note,
          new Ticket.Bootstrap(
              authority.client(invite.ticket().toString(), bootstrap.publicKey()),
              bootstrap.pkcs8()),
          operator.publicKey(),
          List.of());
    }
  }
}
