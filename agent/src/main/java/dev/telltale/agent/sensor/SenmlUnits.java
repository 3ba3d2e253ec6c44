package dev.telltale.agent.sensor;

import java.util.Map;
import java.util.Set;

/**
 * The units a reading may carry: the IANA registry "SenML Units" without the entries it marks as
 * discouraged. Secondary units (RFC 8798 section 3) would need another version of SenML, and a
 * value has one form only, so they are refused with the conversion to use.
 */
final class SenmlUnits {
  private static final Set<String> PRIMARY =
      Set.of(
          ("m kg s A K cd mol Hz rad sr N Pa W J C V F Ohm S Wb T H Cel lm lx Bq Gy Sv kat m2 m3"
                  + " m/s m/s2 m3/s W/m2 cd/m2 bit bit/s lat lon pH dB dBW count / %RH %EL EL 1/s"
                  + " S/m B VA VAs var vars J/m kg/m3 NTU")
              .split(" "));

  /** Unit to "primary unit, exact factor". */
  private static final Map<String, String> INSTEAD =
      Map.ofEntries(
          Map.entry("%", "unit = \"/\", factor = \"0.01\""),
          Map.entry("kW", "unit = \"W\", factor = \"1000\""),
          Map.entry("Wh", "unit = \"J\", factor = \"3600\""),
          Map.entry("kWh", "unit = \"J\", factor = \"3600000\""),
          Map.entry("kVA", "unit = \"VA\", factor = \"1000\""),
          Map.entry("kvar", "unit = \"var\", factor = \"1000\""),
          Map.entry("varh", "unit = \"vars\", factor = \"3600\""),
          Map.entry("kvarh", "unit = \"vars\", factor = \"3600000\""),
          Map.entry("kVAh", "unit = \"VAs\", factor = \"3600000\""),
          Map.entry("mV", "unit = \"V\", factor = \"0.001\""),
          Map.entry("mA", "unit = \"A\", factor = \"0.001\""),
          Map.entry("Ah", "unit = \"C\", factor = \"3600\""),
          Map.entry("ms", "unit = \"s\", factor = \"0.001\""),
          Map.entry("min", "unit = \"s\", factor = \"60\""),
          Map.entry("h", "unit = \"s\", factor = \"3600\""),
          Map.entry("MHz", "unit = \"Hz\", factor = \"1000000\""),
          Map.entry("KiB", "unit = \"B\", factor = \"1024\""),
          Map.entry("GB", "unit = \"B\", factor = \"1000000000\""),
          Map.entry("hPa", "unit = \"Pa\", factor = \"100\""),
          Map.entry("mm", "unit = \"m\", factor = \"0.001\""),
          Map.entry("cm", "unit = \"m\", factor = \"0.01\""),
          Map.entry("km", "unit = \"m\", factor = \"1000\""),
          Map.entry("ppm", "unit = \"/\", factor = \"0.000001\""),
          Map.entry("g", "unit = \"kg\", factor = \"0.001\""),
          Map.entry("l", "unit = \"m3\", factor = \"0.001\""),
          Map.entry("l/s", "unit = \"m3/s\", factor = \"0.001\""),
          Map.entry("°C", "unit = \"Cel\""),
          Map.entry("C°", "unit = \"Cel\""));

  private SenmlUnits() {}

  /** Without a unit (the empty text) a value is a bare number. */
  static void check(String unit) {
    if (!unit.isEmpty() && !PRIMARY.contains(unit)) {
      String instead = INSTEAD.get(unit);
      throw new IllegalArgumentException(
          "unit \"%s\": %s"
              .formatted(
                  unit,
                  instead == null
                      ? "not in the SenML registry of units (such as W, J, V, A, Cel, %RH, /)"
                      : "write " + instead));
    }
  }
}
