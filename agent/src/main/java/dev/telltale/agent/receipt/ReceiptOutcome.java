package dev.telltale.agent.receipt;

/** What a receipt turned out to be. */
public sealed interface ReceiptOutcome permits VerifiedReceipt, NotReceipt {}
