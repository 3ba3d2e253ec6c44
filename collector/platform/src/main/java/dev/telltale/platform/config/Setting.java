package dev.telltale.platform.config;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A setting that was asked for: given and valid, or absent. */
public final class Setting<T> {
  private final @Nullable T value;
  private final ConfigException missing;

  Setting(@Nullable T value, ConfigException missing) {
    this.value = value;
    this.missing = missing;
  }

  /** The value, which must have been given. */
  public T required() throws ConfigException {
    if (value == null) {
      throw missing;
    }
    return value;
  }

  /** The value, or this one. */
  public T or(T fallback) {
    return value == null ? fallback : value;
  }

  public Optional<T> optional() {
    return Optional.ofNullable(value);
  }
}
