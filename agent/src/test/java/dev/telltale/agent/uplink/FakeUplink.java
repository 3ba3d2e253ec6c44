package dev.telltale.agent.uplink;

import dev.telltale.protocol.Bytes;
import dev.telltale.protocol.message.DeviceStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A network in memory: keeps what was sent, and delivers what the test hands it. */
final class FakeUplink implements Uplink {
  /** Of all connections, in order. */
  final List<Bytes> sent = new CopyOnWriteArrayList<>();

  final List<DeviceStatus> states = new CopyOnWriteArrayList<>();
  final List<Listener> listeners = new CopyOnWriteArrayList<>();
  volatile boolean down;

  @Override
  public Session connect(DeviceStatus birth, DeviceStatus lastWords, Listener listener)
      throws UplinkException {
    if (down) {
      throw new UplinkException("no route");
    }
    states.add(birth);
    listeners.add(listener);
    return session();
  }

  Session session() {
    return new Session() {
      @Override
      public void send(Bytes envelope) throws UplinkException {
        if (down) {
          throw new UplinkException("connection lost");
        }
        sent.add(envelope);
      }

      @Override
      public void publish(DeviceStatus status) {
        states.add(status);
      }

      @Override
      public void close() {}
    };
  }

  void cut() {
    listeners.getLast().disconnected("cut");
  }

  /** What was sent since the last time this was asked. */
  List<Bytes> take() {
    List<Bytes> taken = new ArrayList<>(sent);
    sent.clear();
    return taken;
  }
}
