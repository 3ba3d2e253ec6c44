package dev.telltale.agent.tpm.tss;

import dev.telltale.agent.tpm.transport.Deadline;
import dev.telltale.agent.tpm.transport.TpmException;
import dev.telltale.agent.tpm.transport.TpmTransport;
import dev.telltale.protocol.Bytes;
import java.util.List;
import tss.tpm.TPM_HANDLE;

/** Sends one command after the other and takes the answers apart. */
final class Dispatcher {
  private static final int SESSIONS = 0x8002;
  private static final int NO_SESSIONS = 0x8001;

  private final TpmTransport transport;
  private final Deadline deadline;

  Dispatcher(TpmTransport transport, Deadline deadline) {
    this.transport = transport;
    this.deadline = deadline;
  }

  /**
   * What came back.
   *
   * @param handle zero where the command returns none
   */
  record Response(int handle, ResponseReader parameters) {}

  Response run(Recorder.Command command, Authorization... authorizations) throws TpmException {
    Request request = Recorder.record(command);
    AuthorizationArea area = new AuthorizationArea(request, List.of(authorizations));
    byte[] answer = transport.transmit(area.command(), deadline);
    ResponseReader in = new ResponseReader(answer);
    int tag = in.u16();
    in.raw(8); // size and code, which the transport has checked
    int handle = request.returnsHandle() ? in.u32() : 0;
    boolean sessions = authorizations.length > 0;
    if (tag != (sessions ? SESSIONS : NO_SESSIONS)) {
      throw ResponseReader.malformed("tag 0x%04X".formatted(tag));
    }
    Bytes parameters = sessions ? area.accept(in.raw(in.u32()), in) : in.rest();
    return new Response(handle, new ResponseReader(parameters.toArray()));
  }

  void flush(int handle) throws TpmException {
    run(tpm -> tpm.FlushContext(new TPM_HANDLE(handle))).parameters().end();
  }
}
