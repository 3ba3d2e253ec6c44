package dev.telltale.platform.durable;

import java.io.IOException;

/** Bytes that had been made durable are not what was written. Never caused by a power cut. */
public final class CorruptLogException extends IOException {
  private static final long serialVersionUID = 1L;

  private final transient Damage damage;

  CorruptLogException(Damage damage) {
    super(damage.toString());
    this.damage = damage;
  }

  public Damage damage() {
    return damage;
  }
}
