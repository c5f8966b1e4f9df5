package org.shanpai.controlroom.operators;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Settings of sign-in. */
@ConfigMapping(prefix = "shanpai.operators")
public interface OperatorConfig {

  /** How long a session lasts, wall time. */
  @WithDefault("PT12H")
  Duration sessionLife();

  /** Wrong passwords for one user name within {@link #failureWindow()} before it is blocked. */
  @WithDefault("5")
  int failuresPerName();

  /** Wrong passwords from one address within {@link #failureWindow()} before it is blocked. */
  @WithDefault("30")
  int failuresPerAddress();

  /** How long failures are remembered. */
  @WithDefault("PT15M")
  Duration failureWindow();

  /** How long a block lasts; every further failure begins it anew. */
  @WithDefault("PT1M")
  Duration block();

  /** Threads that hash passwords, and do nothing else. */
  @WithDefault("2")
  int hashingThreads();

  /** So many may wait for one of them; further ones are told to try again. */
  @WithDefault("16")
  int hashingQueue();
}
