package dev.telltale.agent.receipt;

import dev.telltale.protocol.Check;

/** Nothing is released on it. */
public record NotReceipt(Check check, String detail) implements ReceiptOutcome, EnrolmentOutcome {}
