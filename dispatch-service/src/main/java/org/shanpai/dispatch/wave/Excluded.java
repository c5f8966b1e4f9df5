package org.shanpai.dispatch.wave;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Riders who may not get a job now.
 *
 * @param declined who declined it, or whom its merchant did not want, by job
 * @param wished who wants no orders of its customer, by job
 */
record Excluded(Map<String, Set<String>> declined, Map<String, Set<String>> wished) {

  static final Excluded NOBODY = new Excluded(Map.of(), Map.of());

  /** Everybody who may not get the job. */
  Set<String> from(String jobId) {
    Set<String> wishing = wishing(jobId);
    Set<String> declining = declined.getOrDefault(jobId, Set.of());
    if (wishing.isEmpty()) {
      return declining;
    }
    Set<String> all = new HashSet<>(wishing);
    all.addAll(declining);
    return all;
  }

  /** Who may not get the job for their own wish. */
  Set<String> wishing(String jobId) {
    return wished.getOrDefault(jobId, Set.of());
  }

  /** With the wishes against more jobs. */
  Excluded and(Map<String, Set<String>> more) {
    if (more.isEmpty()) {
      return this;
    }
    Map<String, Set<String>> all = new HashMap<>(wished);
    all.putAll(more);
    return new Excluded(declined, all);
  }
}
