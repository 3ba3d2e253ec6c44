package dev.telltale.agent.sensor;

import java.math.BigDecimal;

/**
 * One column of a table as one quantity.
 *
 * @param column its header, exactly
 * @param name of the readings
 * @param unit of the readings, a primary SenML unit or empty
 * @param factor cell times factor is the value in that unit, exactly: 3600000 from kWh to J
 */
public record ReplayColumn(String column, String name, String unit, BigDecimal factor) {
  /** Enough for every conversion of RFC 8798, and a bound on the digits of a product. */
  private static final int FACTOR_DIGITS = 12;

  public ReplayColumn {
    Quantity.checkName(name);
    SenmlUnits.check(unit);
    if (column.isEmpty()) {
      throw new IllegalArgumentException("column: empty header");
    }
    if (factor.signum() == 0
        || factor.precision() > FACTOR_DIGITS
        || Math.abs(factor.scale()) > FACTOR_DIGITS) {
      throw new IllegalArgumentException("factor: a decimal other than 0, of up to 12 digits");
    }
  }

  public static ReplayColumn of(String column, String name, String unit) {
    return new ReplayColumn(column, name, unit, BigDecimal.ONE);
  }
}
