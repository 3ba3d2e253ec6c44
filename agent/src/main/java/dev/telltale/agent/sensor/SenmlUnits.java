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
          Map.entry("%", "unit = \"/\" and factor = 0.01"),
          Map.entry("kW", "unit = \"W\" and factor = 1000"),
          Map.entry("Wh", "unit = \"J\" and factor = 3600"),
          Map.entry("kWh", "unit = \"J\" and factor = 3600000"),
          Map.entry("kVA", "unit = \"VA\" and factor = 1000"),
          Map.entry("kvar", "unit = \"var\" and factor = 1000"),
          Map.entry("varh", "unit = \"vars\" and factor = 3600"),
          Map.entry("kvarh", "unit = \"vars\" and factor = 3600000"),
          Map.entry("kVAh", "unit = \"VAs\" and factor = 3600000"),
          Map.entry("mV", "unit = \"V\" and factor = 0.001"),
          Map.entry("mA", "unit = \"A\" and factor = 0.001"),
          Map.entry("Ah", "unit = \"C\" and factor = 3600"),
          Map.entry("ms", "unit = \"s\" and factor = 0.001"),
          Map.entry("min", "unit = \"s\" and factor = 60"),
          Map.entry("h", "unit = \"s\" and factor = 3600"),
          Map.entry("MHz", "unit = \"Hz\" and factor = 1000000"),
          Map.entry("KiB", "unit = \"B\" and factor = 1024"),
          Map.entry("GB", "unit = \"B\" and factor = 1000000000"),
          Map.entry("hPa", "unit = \"Pa\" and factor = 100"),
          Map.entry("mm", "unit = \"m\" and factor = 0.001"),
          Map.entry("cm", "unit = \"m\" and factor = 0.01"),
          Map.entry("km", "unit = \"m\" and factor = 1000"),
          Map.entry("ppm", "unit = \"/\" and factor = 0.000001"),
          Map.entry("g", "unit = \"kg\" and factor = 0.001"),
          Map.entry("l", "unit = \"m3\" and factor = 0.001"),
          Map.entry("l/s", "unit = \"m3/s\" and factor = 0.001"),
          Map.entry("°C", "unit = \"Cel\""),
          Map.entry("C°", "unit = \"Cel\""));

  private SenmlUnits() {}

  /** Without a unit (the empty text) a value is a bare number. */
  static void check(String unit) {
    if (unit.isEmpty() || PRIMARY.contains(unit)) {
      return;
    }
    String instead = INSTEAD.get(unit);
    throw new IllegalArgumentException(
        instead == null
            ? "unit: \"" + unit + "\" is not in the SenML registry (as W, J, V, A, Cel, %RH, /)"
            : "unit: for \"" + unit + "\" write " + instead);
  }
}
