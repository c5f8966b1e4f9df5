package org.shanpai.bench.mdrp;

/** A dispatcher asked for what the rules of the instances forbid: a bug in the dispatcher. */
public final class RuleBroken extends RuntimeException {
  private static final long serialVersionUID = 1L;

  RuleBroken(String message) {
    super(message);
  }
}
