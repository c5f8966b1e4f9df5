package org.shanpai.servers;

/** How long a local server lives when nobody stops it. */
public enum Lifetime {
  /**
   * No longer than the JVM that started it, even if that JVM is killed with SIGKILL. The latter
   * needs {@code setpriv} (util-linux); without it the server only ends with an orderly exit of the
   * JVM.
   */
  WITH_JVM,
  /** Until somebody stops it, perhaps from another JVM over the same folder. */
  OUTLIVES_JVM
}
