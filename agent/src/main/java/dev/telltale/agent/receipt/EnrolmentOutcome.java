package dev.telltale.agent.receipt;

/** What the receipt of an enrolment turned out to be. */
public sealed interface EnrolmentOutcome permits VerifiedEnrolment, NotReceipt {}
