package dev.telltale.agent;

import dev.telltale.agent.envelope.Closer;
import dev.telltale.agent.tpm.transport.TpmException;
import dev.telltale.platform.admin.AdminHandler;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * What a running agent can be asked on its socket: to show itself, and to close an envelope now.
 * Nothing that is asked carries bytes to be signed. The first line of an answer is {@code ok} or
 * {@code error}.
 */
record Requests(StatusReport report, Closer closer, TpmTrial trial) implements AdminHandler {
  static final String STATUS = "status";
  static final String QUOTE = "quote";
  static final String CHECK = "check";
  static final String JSON = " --json";
  static final String OK = "ok";
  static final String ERROR = "error";

  @Override
  public void handle(byte[] request, Reply reply) throws IOException {
    reply.send(
        answer(new String(request, StandardCharsets.UTF_8)).getBytes(StandardCharsets.UTF_8));
  }

  private String answer(String request) throws IOException {
    try {
      return switch (request) {
        case STATUS -> lines(report.lines());
        case STATUS + JSON -> lines(List.of(report.json().toString()));
        case QUOTE -> lines(new QuoteReport(closer.closeNow()).lines());
        case QUOTE + JSON -> lines(List.of(new QuoteReport(closer.closeNow()).json().toString()));
        case CHECK -> lines(List.of(trial.run().line()));
        default -> ERROR + "\nthe running agent does not know this request: restart it";
      };
    } catch (TpmException e) {
      return ERROR + "\nTPM: " + e.getMessage();
    }
  }

  private static String lines(List<String> lines) {
    return OK + "\n" + String.join("\n", lines);
  }
}
