package dev.telltale.tpmsim.swtpm;

/** The TPM asked for exists and is switched off. */
public final class NotRunningException extends SwtpmException {
  private static final long serialVersionUID = 1L;

  NotRunningException(TpmHome home) {
    super(
        home.name()
            + " is not running: start it with telltale-tpm-sim up "
            + home.directory().getParent()
            + " --name "
            + home.name());
  }
}
