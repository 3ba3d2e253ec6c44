package dev.telltale.auditor;

import java.util.ArrayList;
import java.util.List;

/** A report as lines for a person. */
final class TextReport {
  private TextReport() {}

  static List<String> lines(Report report) {
    List<String> lines = new ArrayList<>();
    for (Finding finding : report.findings()) {
      lines.add(line(finding.ok() ? "ok" : "FAIL", finding.word(), finding.detail()));
      if (finding.word().equals("readings")) {
        report.readings().forEach(reading -> lines.add(line(reading)));
      }
    }
    report.notProven().forEach(open -> lines.add("      not proven: " + Words.printable(open)));
    lines.add(report.verified() ? "VERIFIED" : "NOT VERIFIED");
    return lines;
  }

  private static String line(ProvenReading reading) {
    return line(
        "", "", "%s at %s (item %d)".formatted(reading.text(), reading.time(), reading.item()));
  }

  private static String line(String result, String word, String sentence) {
    return "%-4s  %-10s  %s".formatted(result, word, Words.printable(sentence));
  }
}
