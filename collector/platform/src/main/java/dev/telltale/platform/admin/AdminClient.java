package dev.telltale.platform.admin;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Asks a running program. */
public final class AdminClient {
  private final Path socket;
  private final int largestAnswer;
  private final Duration limit;

  /** Takes each answer as it comes. */
  @FunctionalInterface
  public interface Answers {
    void take(byte[] answer) throws IOException;
  }

  /**
   * A client of one program.
   *
   * @param limit for a whole exchange
   */
  public AdminClient(Path socket, int largestAnswer, Duration limit) {
    this.socket = socket;
    this.largestAnswer = largestAnswer;
    this.limit = limit;
  }

  /** Asks for the only answer. */
  public byte[] ask(byte[] request) throws IOException {
    List<byte[]> answers = new ArrayList<>();
    ask(
        request,
        answer -> {
          if (!answers.isEmpty()) {
            throw new IOException("more than one answer from " + socket);
          }
          answers.add(answer);
        });
    if (answers.isEmpty()) {
      throw new IOException("no answer from " + socket);
    }
    return answers.getFirst();
  }

  /**
   * Asks, and hands over the answers.
   *
   * @throws IOException if the program does not run, may not be asked, or did not finish its answer
   */
  public void ask(byte[] request, Answers answers) throws IOException {
    try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        Deadline deadline = new Deadline(channel, limit)) {
      try {
        channel.connect(UnixDomainSocketAddress.of(socket));
        Frames.write(channel, request);
        Optional<byte[]> answer = Frames.read(channel, largestAnswer);
        while (answer.isPresent()) {
          answers.take(answer.get());
          answer = Frames.read(channel, largestAnswer);
        }
      } catch (IOException e) {
        throw deadline.passed() ? new IOException(socket + ": no answer in " + limit, e) : e;
      }
    }
  }
}
