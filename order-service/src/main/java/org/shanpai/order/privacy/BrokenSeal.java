package org.shanpai.order.privacy;

/** Something sealed does not open. The message names context and key, never what is inside. */
public class BrokenSeal extends IllegalStateException {

  BrokenSeal(String message, Throwable cause) {
    super(message, cause);
  }
}
