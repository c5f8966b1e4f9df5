package org.shanpai.bench;

/**
 * What the user asked for cannot be done here. The message is one sentence that says why and what
 * to do.
 */
public final class CannotRun extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public CannotRun(String message) {
    super(message);
  }

  public CannotRun(String message, Throwable cause) {
    super(message, cause);
  }
}
