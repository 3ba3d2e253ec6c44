/**
 * Makes a machine a device (design 2.4): four messages with a ticket in hand, every answer
 * verified, and at their end one identity file, which holds all that later runs trust.
 */
@NullMarked
package dev.telltale.agent.enrolment;

import org.jspecify.annotations.NullMarked;
