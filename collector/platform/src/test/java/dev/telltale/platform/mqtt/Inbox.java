package dev.telltale.platform.mqtt;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;

/** A listener that keeps what came. */
final class Inbox implements MqttListener {
  final BlockingQueue<MqttInbound> messages = new LinkedBlockingQueue<>();
  final CompletableFuture<MqttLinkException> end = new CompletableFuture<>();

  @Override
  public void arrived(MqttInbound message) {
    messages.add(message);
  }

  @Override
  public void disconnected(MqttLinkException why) {
    end.complete(why);
  }
}
