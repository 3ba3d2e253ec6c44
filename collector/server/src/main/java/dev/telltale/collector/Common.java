package dev.telltale.collector;

import dev.telltale.collector.admin.Question;
import dev.telltale.collector.admin.Row;
import dev.telltale.platform.admin.AdminClient;
import dev.telltale.platform.config.ConfigException;
import dev.telltale.protocol.Bytes;
import dev.telltale.protocol.MalformedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** What the commands share: the configuration, and the way to the running collector. */
final class Common {
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  @Option(names = "--config", paramLabel = "FILE", description = "default ${DEFAULT-VALUE}")
  private Path file = CollectorConfig.DEFAULT;

  private final Main.World world = Main.World.real();

  Main.World world() {
    return world;
  }

  CollectorConfig config() throws ConfigException {
    return CollectorConfig.read(file);
  }

  /** Gets the rows of an answer one by one. */
  interface Rows {
    void row(Row row) throws IOException;
  }

  void ask(Question question, Rows rows) throws IOException, ConfigException {
    Path socket = config().adminSocket();
    if (!Files.exists(socket)) {
      throw new IOException(
          "no collector answers at " + socket + ": start it with telltale-collector run");
    }
    AdminClient client = new AdminClient(socket, Row.LARGEST, PATIENCE);
    client.ask(
        question.encode().toArray(),
        frame -> {
          try {
            rows.row(Row.decode(Bytes.of(frame)));
          } catch (MalformedException e) {
            throw new IOException("the running collector is of another version", e);
          }
        });
  }

  /** For questions with one row for an answer. */
  Row ask(Question question) throws IOException, ConfigException {
    List<Row> rows = new ArrayList<>();
    ask(question, rows::add);
    if (rows.size() != 1) {
      throw new IOException("the running collector answered with " + rows.size() + " rows");
    }
    return rows.getFirst();
  }
}
