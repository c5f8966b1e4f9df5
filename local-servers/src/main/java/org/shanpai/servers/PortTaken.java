package org.shanpai.servers;

/**
 * Another program listens on a port that was asked for. The message is one sentence that says what
 * to do.
 */
public final class PortTaken extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int port;

  /**
   * @param port 1–65535
   * @param option how the user chooses another port, for example {@code --port-order}
   */
  public PortTaken(int port, String option) {
    super(
        "Port %d is in use by another program; choose another with %s or stop that program."
            .formatted(port, option));
    this.port = port;
  }

  public int port() {
    return port;
  }
}
