package org.shanpai.messaging;

/** This message can never be taken as it is: park it, with this reason, for an operator to see. */
public class PoisonException extends RuntimeException {

  public PoisonException(String reason) {
    super(reason);
  }

  public PoisonException(String reason, Throwable cause) {
    super(reason, cause);
  }
}
