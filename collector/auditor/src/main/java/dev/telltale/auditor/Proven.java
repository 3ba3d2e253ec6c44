package dev.telltale.auditor;

/** What a check has established. There is no object of such a type that was not checked. */
interface Proven {
  /** For a person, without the word of the check. */
  String sentence();
}
