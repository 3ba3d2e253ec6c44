package dev.telltale.e2e;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the flat objects our programs print. */
record Json(String object) {
  long number(String key) {
    return Long.parseLong(raw(key, "-?[0-9]+").orElseThrow(() -> missing(key)));
  }

  boolean flag(String key) {
    return Boolean.parseBoolean(raw(key, "true|false").orElseThrow(() -> missing(key)));
  }

  String text(String key) {
    String quoted = raw(key, "\"[^\"]*\"").orElseThrow(() -> missing(key));
    return quoted.substring(1, quoted.length() - 1);
  }

  private IllegalStateException missing(String key) {
    return new IllegalStateException("no " + key + " in " + object);
  }

  private Optional<String> raw(String key, String form) {
    Matcher match =
        Pattern.compile("\"" + Pattern.quote(key) + "\"\\s*:\\s*(" + form + ")").matcher(object);
    return match.find() ? Optional.of(match.group(1)) : Optional.empty();
  }
}
