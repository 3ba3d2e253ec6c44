package dev.telltale.agent.tpm.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class ResponseCodeTest {
  @Test
  void onlyZeroIsSuccess() {
    assertEquals(ResponseCode.Kind.SUCCESS, new ResponseCode(0).kind());
    assertEquals(ResponseCode.Kind.ERROR, new ResponseCode(0x80280400).kind());
    assertEquals(ResponseCode.Kind.ERROR, new ResponseCode(0x000B0922).kind());
    assertEquals(ResponseCode.Kind.LOCKED_OUT, new ResponseCode(0x921).kind());
  }

  @Test
  void theLayerIsKept() {
    assertEquals(0x0B, new ResponseCode(0x000B0143).layer());
    assertEquals(0x8028, new ResponseCode(0x80280400).layer());
  }

  @Test
  void formatOneNamesWhatItComplainsAbout() {
    assertEquals("session 1", new ResponseCode(0x9A2).position());
    assertEquals("parameter 1", new ResponseCode(0x1C4).position());
    assertEquals("handle 1", new ResponseCode(0x18B).position());
    assertEquals("", new ResponseCode(0x902).position());
    assertEquals(0x0A2, new ResponseCode(0x9A2).withoutPosition());
    assertEquals(0x084, new ResponseCode(0x1C4).withoutPosition());
    assertEquals(0x902, new ResponseCode(0x902).withoutPosition());
  }
}
