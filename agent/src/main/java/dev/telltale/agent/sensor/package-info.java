/**
 * Where readings come from: the {@link dev.telltale.agent.sensor.Sensor} port, its drivers, and the
 * loop that asks each sensor on time.
 *
 * <p>Nothing here is trusted to work. A sensor that cannot be read yields readings without a value
 * and says why in one line; it neither throws nor holds up another. What a driver reads (files of
 * the kernel, tables) is bounded before it is kept and parsed strictly: a text that is not exactly
 * of the expected form is no value, never a guess. Values are decimals from the source to the wire;
 * no binary floating point is involved.
 *
 * <p>A driver knows neither keys, nor storage, nor a clock: it is told the instant it samples for
 * and hands out {@link dev.telltale.protocol.reading.Reading}s.
 *
 * <p>Units are symbols of the IANA registry "SenML Units" (RFC 8428 section 12.1, RFC 8798 section
 * 2) that are not marked there as discouraged; a share is therefore {@code /} with values from 0 to
 * 1, and energy is joules.
 */
@NullMarked
package dev.telltale.agent.sensor;

import org.jspecify.annotations.NullMarked;
