package org.shanpai.servers;

/**
 * A local server could not do what was asked. The message is one sentence for people and says where
 * to look.
 */
public class ServerFailed extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public ServerFailed(String message) {
    super(message);
  }

  public ServerFailed(String message, Throwable cause) {
    super(message, cause);
  }
}
