package dev.telltale.agent;

import dev.telltale.agent.enrolment.StateDirectory;
import dev.telltale.platform.admin.AdminClient;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The agent that runs on this machine, seen from another process. */
record RunningAgent(Path state) {
  private static final int LARGEST_ANSWER = 1 << 20;
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** The lines of its answer; nothing if no agent runs. */
  Optional<List<String>> ask(String request) throws AgentException {
    Path socket = StateDirectory.socket(state);
    if (!Files.exists(socket)) {
      return Optional.empty();
    }
    try {
      byte[] answer =
          new AdminClient(socket, LARGEST_ANSWER, PATIENCE)
              .ask(request.getBytes(StandardCharsets.UTF_8));
      List<String> lines = new String(answer, StandardCharsets.UTF_8).lines().toList();
      if (lines.isEmpty() || !lines.getFirst().equals(Requests.OK)) {
        throw new AgentException(lines.isEmpty() ? "an empty answer" : lines.getLast());
      }
      return Optional.of(lines.subList(1, lines.size()));
    } catch (ConnectException e) {
      // The socket of an agent that was killed.
      return Optional.empty();
    } catch (SocketException e) {
      throw new AgentException(
          socket + ": " + e.getMessage() + "; run this as root or as the agent's user", e);
    } catch (IOException e) {
      throw new AgentException(socket + ": " + e.getMessage(), e);
    }
  }

  List<String> require(String request) throws AgentException {
    return ask(request)
        .orElseThrow(() ->
            new AgentException(
                "no agent is running on " + state + ": systemctl start telltale-agent"));
  }
}
