package org.shanpai.servicebench;

/** A result that is wrong, however fast it came. The message is one sentence. */
public final class RuleBroken extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public RuleBroken(String message) {
    super(message);
  }
}
