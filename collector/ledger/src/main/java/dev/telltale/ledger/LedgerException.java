package dev.telltale.ledger;

import java.io.IOException;

/** The ledger on this disk is not one that may be continued. */
public final class LedgerException extends IOException {
  private static final long serialVersionUID = 1L;

  LedgerException(String message) {
    super(message);
  }

  LedgerException(String message, Throwable cause) {
    super(message, cause);
  }
}
