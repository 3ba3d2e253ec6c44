package dev.telltale.agent.tpm.tss;

import dev.telltale.agent.tpm.transport.TpmTransport;
import dev.telltale.protocol.Bytes;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tss.ReqStructure;
import tss.RespStructure;
import tss.TpmBuffer;
import tss.tpm.TPM_CC;
import tss.tpm.TPM_HANDLE;

/**
 * One command, taken apart: code, handles, parameters.
 *
 * @param authHandles how many of the handles, from the first, need an authorization
 * @param returnsHandle whether a handle precedes the parameters of the answer
 */
record Request(
    int code, List<TPM_HANDLE> handles, Bytes parameters, int authHandles, boolean returnsHandle) {

  static Request of(TPM_CC code, ReqStructure request, @Nullable RespStructure response) {
    TpmBuffer buffer = new TpmBuffer(TpmTransport.LARGEST);
    request.toTpm(buffer);
    if (!buffer.isOk()) {
      // The library truncates silently; the flag is all there is.
      throw new IllegalArgumentException(code + ": larger than a command may be");
    }
    TPM_HANDLE @Nullable [] handles = request.getHandles();
    return new Request(
        code.toInt(),
        handles == null ? List.of() : List.of(handles),
        Bytes.of(buffer.trim()),
        request.numAuthHandles(),
        response != null && response.numHandles() > 0);
  }

  Request withParameters(Bytes other) {
    return new Request(code, handles, other, authHandles, returnsHandle);
  }

  /** The names of the handles, which an HMAC covers (Part 1, 16). */
  Bytes names() {
    return Bytes.concat(handles.stream().map(Request::name).toArray(Bytes[]::new));
  }

  private static Bytes name(TPM_HANDLE handle) {
    int type = handle.handle >>> 24;
    boolean entity = type == 0x80 || type == 0x81 || type == 0x01;
    if (!entity) {
      return Bytes.of(ByteBuffer.allocate(Integer.BYTES).putInt(handle.handle).array());
    }
    byte @Nullable [] name = handle.Name;
    if (name == null || name.length == 0) {
      throw new IllegalStateException(
          "the name of handle %08x is not known".formatted(handle.handle));
    }
    return Bytes.of(name);
  }

  /** The command on the wire; without authorizations if the area is empty. */
  byte[] frame(Bytes authorizationArea) {
    boolean sessions = !authorizationArea.isEmpty();
    int size =
        10
            + Integer.BYTES * handles.size()
            + (sessions ? Integer.BYTES + authorizationArea.length() : 0)
            + parameters.length();
    ByteBuffer out = ByteBuffer.allocate(size);
    out.putShort((short) (sessions ? 0x8002 : 0x8001)).putInt(size).putInt(code);
    handles.forEach(handle -> out.putInt(handle.handle));
    if (sessions) {
      out.putInt(authorizationArea.length()).put(authorizationArea.buffer());
    }
    return out.put(parameters.buffer()).array();
  }
}
