package dev.telltale.platform.mqtt;

import java.io.EOFException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttActionListener;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.jspecify.annotations.Nullable;

/**
 * One request to the broker, until it is answered or the link ends. Paho calls a refused publish a
 * success; here it fails.
 */
final class Pending implements MqttActionListener {
  private final CompletableFuture<IMqttToken> done = new CompletableFuture<>();
  private final String what;
  private final Consumer<Pending> after;

  /**
   * @param after run once, when the request is no longer pending
   */
  Pending(String what, Consumer<Pending> after) {
    this.what = what;
    this.after = after;
  }

  CompletableFuture<IMqttToken> done() {
    return done;
  }

  @Override
  public void onSuccess(IMqttToken token) {
    int[] reasons = token.getReasonCodes();
    if (reasons != null) {
      for (int reason : reasons) {
        if (reason >= Reasons.FAILURE) {
          fail(MqttLinkException.refused(what, reason));
          return;
        }
      }
    }
    if (done.complete(token)) {
      after.accept(this);
    }
  }

  @Override
  public void onFailure(@Nullable IMqttToken token, @Nullable Throwable cause) {
    fail(failure(what, cause));
  }

  void fail(Throwable cause) {
    if (done.completeExceptionally(cause)) {
      after.accept(this);
    }
  }

  IMqttToken await(Duration timeout) throws MqttLinkException, InterruptedException {
    try {
      return done.get(Math.max(0, timeout.toNanos()), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      throw MqttLinkException.trouble(what + ": no answer in time", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof MqttLinkException failure) {
        throw failure;
      }
      throw MqttLinkException.trouble(what + ": " + text(e.getCause()), e);
    }
  }

  static MqttLinkException failure(String what, @Nullable Throwable cause) {
    if (cause instanceof MqttException paho && paho.getCause() == null) {
      int code = paho.getReasonCode();
      return code >= Reasons.FAILURE && code <= 255
          ? MqttLinkException.refused(what, code)
          : MqttLinkException.trouble(what + ": " + paho.getMessage(), paho);
    }
    Throwable root = cause instanceof MqttException ? cause.getCause() : cause;
    String message = what + ": " + text(root);
    return root == null
        ? MqttLinkException.trouble(message)
        : MqttLinkException.trouble(message, root);
  }

  private static String text(@Nullable Throwable cause) {
    if (cause == null) {
      return "no reason given";
    }
    if (cause instanceof EOFException && cause.getMessage() == null) {
      return "closed by the broker";
    }
    String message = cause.getMessage();
    return message == null ? cause.getClass().getSimpleName() : message;
  }
}
