package dev.telltale.agent.sensor;

import java.util.Optional;

/**
 * How a sensor is doing.
 *
 * @param taken readings the sink took
 * @param withoutValue how many of them carry no value
 * @param refused readings the sink did not take
 * @param fault why the last sample lacks a value: one line that says what to do
 * @param ended nothing more will come from it
 */
public record SensorStatus(
    String name,
    long taken,
    long withoutValue,
    long refused,
    Optional<String> fault,
    boolean ended) {}
