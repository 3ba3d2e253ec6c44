package dev.telltale.platform.config;

import java.io.Serial;

/**
 * What is wrong with a configuration file, as the one line to show: {@code file:line: text}.
 * Without a stack trace: the place that matters is in the file.
 */
public final class ConfigException extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  private final String message;

  ConfigException(String message) {
    super(message, null, false, false);
    this.message = message;
  }

  static ConfigException at(String file, int line, String text) {
    return new ConfigException(file + ":" + line + ": " + text);
  }

  @Override
  public String getMessage() {
    return message;
  }
}
