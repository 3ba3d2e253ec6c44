package dev.telltale.agent.tpm.tss;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tss.ReqStructure;
import tss.RespStructure;
import tss.Tpm;
import tss.tpm.TPM_CC;

/**
 * A {@link Tpm} that sends nothing: its command methods put a request together, and this keeps it.
 * So none of the library's session handling, response decoding, endless repetition and printing to
 * standard output ever runs, and nothing is left over for the next command.
 */
final class Recorder extends Tpm {
  private Optional<Request> recorded = Optional.empty();

  /** A call of one of the library's command methods; what it returns means nothing. */
  @FunctionalInterface
  interface Command {
    void on(Tpm tpm);
  }

  static Request record(Command command) {
    Recorder recorder = new Recorder();
    command.on(recorder);
    return recorder.recorded.orElseThrow(
        () -> new IllegalStateException("no command method was called"));
  }

  @Override
  protected void DispatchCommand(
      TPM_CC code, ReqStructure request, @Nullable RespStructure response) {
    recorded = Optional.of(Request.of(code, request, response));
  }
}
