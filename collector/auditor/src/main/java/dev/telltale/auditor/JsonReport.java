package dev.telltale.auditor;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A report as one JSON object (RFC 8259) on one line, in ASCII, numbers exact. */
final class JsonReport {
  private JsonReport() {}

  static String of(Report report) {
    return "{\"verified\":%s,\"checks\":%s,\"device\":%s,\"leaf\":%s,\"readings\":%s,\"not_proven\":%s}"
        .formatted(
            report.verified(),
            array(report.findings(), JsonReport::finding),
            report.subject().map(subject -> quoted(subject.device().toString())).orElse("null"),
            report.subject().map(subject -> Long.toString(subject.leaf())).orElse("null"),
            array(report.readings(), JsonReport::reading),
            array(report.notProven(), JsonReport::quoted));
  }

  private static String finding(Finding finding) {
    return "{\"name\":%s,\"ok\":%s,\"check\":%s,\"detail\":%s}"
        .formatted(
            quoted(finding.word()),
            finding.ok(),
            finding.failed().map(JsonReport::quoted).orElse("null"),
            quoted(finding.sentence()));
  }

  private static String reading(ProvenReading proven) {
    return "{\"item\":%d,\"number\":%d,\"name\":%s,\"value\":%s,\"unit\":%s,\"time\":%s,\"quality\":%s}"
        .formatted(
            proven.item(),
            proven.number(),
            quoted(proven.reading().name()),
            proven.reading().value().map(value -> value.toPlainString()).orElse("null"),
            quoted(proven.reading().unit()),
            quoted(proven.time()),
            quoted(Words.quality(proven.reading().quality())));
  }

  private static <T> String array(List<T> elements, Function<T, String> json) {
    return elements.stream().map(json).collect(Collectors.joining(",", "[", "]"));
  }

  static String quoted(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        quoted.append('\\').append(c);
      } else if (c < ' ' || c > '~') {
        quoted.append("\\u%04x".formatted((int) c));
      } else {
        quoted.append(c);
      }
    }
    return quoted.append('"').toString();
  }
}
