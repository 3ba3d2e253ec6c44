package dev.telltale.collector;

import dev.telltale.collector.admin.Question;
import dev.telltale.collector.admin.Row;
import dev.telltale.platform.terminal.ExitCode;
import dev.telltale.platform.terminal.Tone;
import dev.telltale.protocol.Bytes;
import dev.telltale.protocol.crypto.CoseSign1;
import dev.telltale.protocol.crypto.P256Key;
import dev.telltale.protocol.message.ReferenceStatement;
import dev.telltale.protocol.message.ReferenceValues;
import dev.telltale.protocol.tpm.PcrValues;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "reference",
    description = "Accepted register values.",
    mixinStandardHelpOptions = true,
    subcommands = ReferenceCommand.LearnCommand.class)
final class ReferenceCommand {

  @Command(
      name = "learn",
      description =
          "Accepts, for the whole group, the state in which a device enrolled, or for which it is"
              + " held now. Look at the device first: nothing is ever learned silently.",
      mixinStandardHelpOptions = true)
  static final class LearnCommand implements Callable<Integer> {
    private static final int WORD = 9;

    @Mixin private Common common = new Common();

    @Parameters(paramLabel = "DEVICE", description = "name or id")
    private String device = "";

    @Option(names = "--label", description = "for people, for example the release")
    private String label = "learned";

    @Override
    public Integer call() throws Exception {
      return switch (common.ask(new Question.Registers(device))) {
        case Row.RegisterRow registers -> learn(registers);
        case Row.No(String why) -> no(why);
        case Row.DeviceRow _, Row.ReadingRow _, Row.FileRow _, Row.Placed _ ->
            throw new IllegalStateException("another answer than registers");
      };
    }

    private int learn(Row.RegisterRow registers) throws Exception {
      Main.World world = common.world();
      P256Key operator =
          new KeyStore(common.config().keys(), world.providers()).signing(KeyStore.OPERATOR);
      long now = world.clock().millis();
      ReferenceStatement statement =
          new ReferenceStatement(
              registers.group(), now, accepted(registers.values()), 0, 0, label, now);
      CoseSign1 signed = CoseSign1.sign(operator, ReferenceStatement.KIND, statement.encode());
      return switch (common.ask(new Question.Submit(signed.encoded()))) {
        case Row.Placed placed -> {
          world
              .terminal()
              .row(
                  Tone.GOOD,
                  "accepted",
                  WORD,
                  registers.values().selection()
                      + (registers.held() ? " as quoted now by " : " as enrolled by ")
                      + registers.name()
                      + ", for group "
                      + registers.group()
                      + ", leaf "
                      + placed.leaf());
          yield ExitCode.DONE.code();
        }
        case Row.No(String why) -> no(why);
        case Row.DeviceRow _, Row.ReadingRow _, Row.FileRow _, Row.RegisterRow _ ->
            throw new IllegalStateException("another answer than to a statement");
      };
    }

    private int no(String why) {
      common.world().terminal().error(Main.PROGRAM, why);
      return ExitCode.NO.code();
    }

    private static ReferenceValues accepted(PcrValues values) {
      SortedMap<Integer, SortedMap<Integer, List<Bytes>>> banks = new TreeMap<>();
      values
          .banks()
          .forEach((bank, registers) -> {
            SortedMap<Integer, List<Bytes>> lists = new TreeMap<>();
            registers.forEach((register, value) -> lists.put(register, List.of(value)));
            banks.put(bank, lists);
          });
      return new ReferenceValues(banks);
    }
  }
}
